"""Every setting, read once from the environment (`CALLCYCLE_…`) and checked before use."""

import locale
import re
from datetime import timedelta
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import holidays
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from crm.vocabulary import Transport
from field_api.logs import Format, Level
from field_api.wording import Language
from geography.systems import System
from maps.geocoding.providers import Provider

PREFIX = "CALLCYCLE_"
LOOPBACK = ("127.0.0.1", "localhost", "::1")  # plain HTTP is as good as TLS there
SHORTEST_SECRET = 32  # characters
WEB_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?/?"
)
ENGINE_ADDRESS = re.compile(r"https?://[^\s/?#,=]+(/[^\s?#,=]*)?")
TravelSource = Literal["straight_line", "osrm", "valhalla"]
SmtpSecurity = Literal["starttls", "tls", "none"]
SLOWEST_PUBLIC_S = 1.0  # what OpenStreetMap's own geocoder asks for
BUCKET_URL = r"^(s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._/-]*)?)?$"
OPEN_STREET_MAP = "© OpenStreetMap contributors"


class SettingsError(ValueError):
    """A setting cannot be used; the message names it, its value and the remedy."""


def _language_of_this_machine() -> Language:
    name = (locale.getlocale()[0] or "").lower()
    return "zh" if name.startswith(("zh", "chinese")) else "en"


class Settings(BaseSettings):
    """What can be set from outside. Each is described in docs/settings.md; a test sees to it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    db: str = Field(default="sqlite:///callcycle.db", min_length=1)
    secret: SecretStr | None = None
    lang: Language = Field(default_factory=_language_of_this_machine)
    timezone: str = "UTC"
    country: str = ""
    data_dir: Path = Path(".")
    tile_url: str = ""
    tile_attribution: str = OPEN_STREET_MAP
    tile_system: System = "WGS-84"
    geocoder: Provider | Literal["none"] = "none"
    geocoder_url: Annotated[str, Field(pattern=r"^(https?://[A-Za-z0-9.:/_-]+)?$")] = ""
    geocoder_key: Annotated[SecretStr | None, Field(validate_default=True)] = None
    geocoder_pause_s: Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)] = 1.0
    geocoder_user_agent: Annotated[str, Field(max_length=200, validate_default=True)] = ""
    token_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 15
    session_idle_days: Annotated[int, Field(ge=1, le=365)] = 30
    session_days: Annotated[int, Field(ge=1, le=365)] = 90
    login_attempts: Annotated[int, Field(ge=1, le=1000)] = 5
    login_attempts_address: Annotated[int, Field(ge=1, le=100_000)] = 50
    login_pause_s: Annotated[int, Field(ge=1, le=86_400)] = 60
    oidc_issuer: str = ""
    oidc_client_id: Annotated[str, Field(max_length=255, validate_default=True)] = ""
    oidc_client_secret: SecretStr | None = None
    oidc_username_claim: Annotated[str, Field(min_length=1, max_length=100)] = "preferred_username"
    hashers: Annotated[int, Field(ge=1, le=64)] = 2
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    threads: Annotated[int, Field(ge=2, le=64)] = 6
    far_m: Annotated[int, Field(ge=0, le=100_000)] = 300
    due_soon_days: Annotated[int, Field(ge=0, le=60)] = 3
    public_url: str = ""
    allow_plain_http: bool = False
    trusted_proxies: str = "127.0.0.1,::1"
    metrics_token: SecretStr | None = None
    log_format: Format = "json"
    log_level: Level = "info"
    smtp_host: str = ""
    smtp_port: Annotated[int, Field(ge=1, le=65_535)] = 587
    smtp_security: SmtpSecurity = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_from: str = "callcycle@localhost"
    webhook_hosts: str = "qyapi.weixin.qq.com,oapi.dingtalk.com,hooks.slack.com"
    jobs: Literal["here", "none"] = "here"
    job_lease_s: Annotated[int, Field(ge=1, le=3600)] = 30
    job_processes: Annotated[int, Field(ge=0, le=1024)] = 0
    dask: Annotated[str, Field(pattern=r"^((tcp|tls|ws|wss)://\S+)?$")] = ""
    attachments_url: Annotated[str, Field(pattern=BUCKET_URL)] = ""
    attachments_endpoint: str = ""
    attachments_region: str = "us-east-1"
    attachments_key_id: str = ""
    attachments_secret_key: SecretStr | None = None
    max_attachment_bytes: Annotated[int, Field(ge=1024, le=64 * 1024 * 1024)] = 10 * 1024 * 1024
    max_body_bytes: Annotated[int, Field(ge=1024, le=64 * 1024 * 1024)] = 256 * 1024
    max_import_bytes: Annotated[int, Field(ge=1024, le=200_000_000)] = 20_000_000
    max_boundary_bytes: Annotated[int, Field(ge=1024, le=50_000_000)] = 5_000_000
    company: Annotated[str, Field(max_length=200)] = ""
    travel: TravelSource = "straight_line"
    osrm_url: str = "http://127.0.0.1:5000"
    valhalla_url: str = "http://127.0.0.1:8002"
    calibration: str = ""
    barriers: str = ""
    snap_limit_m: Annotated[int, Field(ge=10, le=1_000_000)] = 1000
    travel_timeout_s: Annotated[float, Field(ge=0.1, le=600)] = 30.0
    export_hours: Annotated[int, Field(ge=1, le=24 * 90)] = 48

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("no such time zone; use a name like Europe/Malta or Asia/Shanghai")
        return value

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        if value and value not in holidays.list_supported_countries(include_aliases=True):
            raise ValueError("no holidays are known for it; use a two-letter code like MT or CN")
        return value

    @field_validator("secret", "metrics_token")
    @classmethod
    def _long_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value().encode()) < SHORTEST_SECRET:
            raise ValueError(f"too short; use at least {SHORTEST_SECRET} characters")
        return value

    @field_validator("public_url", "attachments_endpoint")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if value and not WEB_ADDRESS.fullmatch(value):
            raise ValueError("no web address; use one like https://visits.example.com")
        return value.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer_behind_tls(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        here = parts.scheme == "http" and parts.hostname in LOOPBACK
        if not parts.hostname or not (here or parts.scheme == "https"):
            raise ValueError("no issuer; use the provider's own, like https://login.example.com")
        return value

    @field_validator("oidc_client_id")
    @classmethod
    def _issuers_client(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("oidc_issuer") and not value:
            raise ValueError("missing; use the client that the provider of the issuer gave")
        return value

    @field_validator("geocoder_key")
    @classmethod
    def _key_where_asked_for(cls, value: SecretStr | None, info: ValidationInfo) -> object:
        if info.data.get("geocoder") in ("baidu", "amap") and value is None:
            raise ValueError("missing; use the key that the geocoder's console gives")
        return value

    @field_validator("geocoder_pause_s")
    @classmethod
    def _polite_pause(cls, value: float, info: ValidationInfo) -> float:
        public = info.data.get("geocoder") == "nominatim" and not info.data.get("geocoder_url")
        if public and value < SLOWEST_PUBLIC_S:
            raise ValueError("OpenStreetMap's geocoder asks for a second or more")
        return value

    @field_validator("geocoder_user_agent")
    @classmethod
    def _named(cls, value: str, info: ValidationInfo) -> str:
        if not value.isascii() or not value.isprintable():
            raise ValueError("not all of it is plain ASCII; write it with such letters")
        public = info.data.get("geocoder") == "nominatim" and not info.data.get("geocoder_url")
        if public and not value:
            raise ValueError(
                "missing; OpenStreetMap's geocoder wants to know who asks, such as "
                "`visits of Borg Ltd (it@borg.example)`"
            )
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _known_proxies(cls, value: str) -> str:
        for one in filter(None, (part.strip() for part in value.split(","))):
            try:
                network = ip_network(one)
            except ValueError:
                raise ValueError(
                    f"{one} is no address and no network; use some like 10.0.0.5 or 10.0.0.0/24"
                ) from None
            if network.prefixlen == 0:
                raise ValueError(f"{one} is everybody; name the proxy's own address or network")
        return value

    @field_validator("osrm_url", "valhalla_url")
    @classmethod
    def _engines(cls, value: str, info: ValidationInfo) -> str:
        several = value.split(",") if info.field_name == "osrm_url" else [value]
        for one in several:
            url = one.partition("=")[2] if "=" in one else one
            if not ENGINE_ADDRESS.fullmatch(url.strip()):
                raise ValueError(
                    f"{url.strip() or 'nothing'} is no web address; use one like "
                    "http://127.0.0.1:5000, or car=http://…:5000,foot=http://…:5001"
                )
            if "=" in one and one.partition("=")[0].strip() not in set(Transport):
                known = ", ".join(Transport)
                raise ValueError(f"{one.partition('=')[0].strip()} is none of {known}")
        return value

    @property
    def tls(self) -> bool:
        """Whether people reach the service over TLS."""
        return self.public_url.startswith("https://")

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies bear the mark that keeps them off plain HTTP."""
        return self.tls

    @property
    def webhook_host_names(self) -> frozenset[str]:
        """The hosts that messages may be posted to."""
        return frozenset(part.strip().lower() for part in self.webhook_hosts.split(",")) - {""}

    @property
    def idle(self) -> timedelta:
        """How long a login may lie unused."""
        return timedelta(days=self.session_idle_days)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of reps that name none of their own."""
        return ZoneInfo(self.timezone)


SECRETS = {
    name for name, field in Settings.model_fields.items() if field.annotation == SecretStr | None
}


def load_settings(**given: object) -> Settings:
    """The settings of this process: what is given (say, on the command line), then the
    environment, then the defaults; a given None counts as not given.

    Raises SettingsError, which names every setting that cannot be used.
    """
    try:
        return Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("; ".join(_complaint(e) for e in error.errors())) from None


def _complaint(error: object) -> str:
    details = dict(error)  # type: ignore[call-overload]
    name = PREFIX + str(details["loc"][0]).upper()
    hidden = details["loc"][0] in SECRETS
    value = "(hidden)" if hidden else repr(details["input"])
    return f"{name} is {value}: {details['msg'].removeprefix('Value error, ')}"
