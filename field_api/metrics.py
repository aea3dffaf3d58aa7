"""What is counted and measured, for Prometheus. Labels are routes, codes and states: never what
somebody typed, so that neither their number grows nor a name gets among them."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
REGISTRY = CollectorRegistry()
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD = "OTHER"  # anybody may make up methods
LOGIN_CODES = frozenset({"wrong_password", "too_many_attempts", "login_busy"})
DATABASE_CODES = frozenset({"database_unavailable", "not_ready"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)

REQUESTS = Counter(
    "callcycle_requests",
    "Requests answered.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "callcycle_request_seconds",
    "From the request's first byte to the answer's last.",
    ["method", "route"],
    buckets=SECONDS,
    registry=REGISTRY,
)
IN_FLIGHT = Gauge("callcycle_requests_in_flight", "Requests being answered.", registry=REGISTRY)
LOGINS_REFUSED = Counter(
    "callcycle_logins_refused",
    "Logins refused, by the problem's code.",
    ["code"],
    registry=REGISTRY,
)
DATABASE_ERRORS = Counter(
    "callcycle_database_errors",
    "Requests that the database kept from being answered, by the problem's code.",
    ["code"],
    registry=REGISTRY,
)
REPORTS_KEPT = Counter("callcycle_reports_kept", "Visit reports kept.", registry=REGISTRY)
JOBS = Counter(
    "callcycle_jobs",
    "Jobs taken here, and what became of them.",
    ["kind", "state"],
    registry=REGISTRY,
)
MESSAGES = Counter(
    "callcycle_messages",
    "Messages on their way out of the product, and what became of them.",
    ["channel", "state"],
    registry=REGISTRY,
)
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)


def answered(*, method: str, route: str, status: int, seconds: float, code: str | None) -> None:
    """Count a request that was answered; `code` is its problem's, if it was one."""
    REQUESTS.labels(method, route, str(status)).inc()
    REQUEST_SECONDS.labels(method, route).observe(seconds)
    if code in LOGIN_CODES:
        LOGINS_REFUSED.labels(code).inc()
    if code in DATABASE_CODES:
        DATABASE_ERRORS.labels(code).inc()


def rendered() -> bytes:
    """All of it in Prometheus' text format."""
    return generate_latest(REGISTRY)
