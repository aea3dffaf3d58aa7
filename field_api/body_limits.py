"""How large a body may be: small for most addresses, more where files come in.

An address that takes files says so here, and with which setting.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.routing import compile_path

from field_api.settings import Settings

PREFIX = "/api/v1"
DESK = "/desk/"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """An address that takes more than most, and the setting (bytes) of how much."""

    method: str
    path: str  # as the router writes it, under the prefix; one of the desk as it is
    setting: str


UPLOADS = (
    Upload(method="POST", path="/imports", setting="max_import_bytes"),
    Upload(method="POST", path="/desk/imports", setting="max_import_bytes"),
    Upload(method="POST", path="/territories", setting="max_boundary_bytes"),
    Upload(method="POST", path="/territories/proposals", setting="max_boundary_bytes"),
    Upload(method="POST", path="/adopted-territories", setting="max_boundary_bytes"),
    Upload(method="PUT", path="/territories.geojson", setting="max_boundary_bytes"),
    Upload(method="PUT", path="/territories/{code}", setting="max_boundary_bytes"),
    Upload(
        method="PUT",
        path="/visit-reports/{report_id}/attachments/{attachment_id}",
        setting="max_attachment_bytes",
    ),
)


class BodyLimits:
    """The bytes that a body may have, by method and path."""

    def __init__(self, settings: Settings, uploads: Sequence[Upload] = UPLOADS) -> None:
        self._otherwise = settings.max_body_bytes
        self._uploads = [
            (
                upload.method,
                compile_path(_whole(upload.path))[0],
                getattr(settings, upload.setting),
            )
            for upload in uploads
        ]

    def of(self, method: str, path: str) -> int:
        """The most bytes of a request's body."""
        for upload_method, pattern, most_bytes in self._uploads:
            if method == upload_method and pattern.match(path):
                return int(most_bytes)
        return self._otherwise


def _whole(path: str) -> str:
    return path if path.startswith(DESK) else PREFIX + path
