"""A plain page on a port of its own: the authority's certificate, and how a phone trusts it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import segno
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from crm.text import N_
from field_api.wording import Language, say

CERTIFICATE = "/callcycle.crt"
PAGE = "/trust"
STEPS = (
    N_("Fetch the certificate with the button."),
    N_(
        "iPhone: Settings, Profile Downloaded, Install; then General, About, Certificate Trust "
        "Settings, and switch it on."
    ),
    N_(
        "Android: Settings, Security, Encryption and credentials, Install a certificate, CA "
        "certificate, and choose the file."
    ),
    N_("Compare the fingerprint with the one that the computer printed."),
    N_("Open the address below, or point the camera at it, and log in."),
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
STYLE = (
    "body{font:17px/1.5 'Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui;max-width:34rem;"
    "margin:0 auto;padding:16px;color:#1b1b1b;background:#fff}h1{font-size:1.4rem}"
    "a.fetch{display:inline-block;padding:12px 20px;background:#0b5cad;color:#fff;"
    "border-radius:8px;text-decoration:none}li{margin:8px 0}code{word-break:break-all}"
    "svg{width:220px;height:220px;display:block}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}"
    "svg{background:#fff}a{color:#8ec7ff}}"
)


@contextmanager
def told(host: str, port: int, authority: Path, address: str, fingerprint: str) -> Iterator[int]:
    """Answer the page until the block ends; gives the port. `address` is the service's."""
    pem = authority.read_bytes()
    der = x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)

    class Handler(BaseHTTPRequestHandler):
        """The page and the certificate, nothing else."""

        server_version, sys_version = "callcycle", ""

        def do_GET(self) -> None:
            """The certificate, the page, or the way to it."""
            path = self.path.partition("?")[0]
            if path == CERTIFICATE:
                self._answer(200, "application/x-x509-ca-cert", der)
            elif path == PAGE:
                language = spoken(self.headers.get("Accept-Language", ""))
                body = page(language, address, fingerprint).encode()
                self._answer(200, "text/html; charset=utf-8", body)
            elif path == "/":
                self._answer(302, "text/plain", b"", Location=PAGE)
            else:
                self._answer(404, "text/plain", b"")

        def _answer(self, status: int, kind: str, body: bytes, **more: str) -> None:
            self.send_response(status)
            headers = {"Content-Type": kind, "Content-Length": str(len(body))}
            for name, value in (HEADERS | headers | more).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the addresses of phones are nobody's business."""

    with ThreadingHTTPServer((host, port), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def spoken(accepted: str) -> Language:
    """The language of the page."""
    return "zh" if accepted.strip().lower().startswith("zh") else "en"


def page(language: Language, address: str, fingerprint: str) -> str:
    """How a phone comes to trust the service, as HTML."""
    code = segno.make(address, error="m").svg_inline(
        scale=4, omitsize=True, title=say(language, N_("The address as a QR code"))
    )
    steps = "".join(f"<li>{escape(say(language, step))}</li>" for step in STEPS)
    title = say(language, N_("Trust Callcycle on this phone"))
    why = say(
        language,
        N_("Phones work without a network and find their place only on pages that they trust."),
    )
    fetch = say(language, N_("Fetch the certificate"))
    print_ = say(language, N_("Fingerprint (SHA-256)"))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1><p>{escape(why)}</p>"
        f'<p><a class="fetch" href="{CERTIFICATE}">{escape(fetch)}</a></p><ol>{steps}</ol>'
        f"<p>{escape(print_)}: <code>{escape(fingerprint)}</code></p>"
        f'<p><a href="{escape(address)}">{escape(address)}</a></p>{code}'
        "</main></body></html>"
    )
