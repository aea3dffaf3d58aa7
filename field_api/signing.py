"""The secret that tokens are signed with."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from crm.errors import Refused
from crm.text import N_
from field_api.settings import Settings

SECRET_BYTES = 48


def signing_secret(settings: Settings) -> str:
    """The setting, else one made once and kept, readable by its owner only, beside the SQLite
    database, or in the data folder for a database elsewhere.

    Raises Refused when others may read that file.
    """
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    path = _secret_file(settings)
    if path is None:
        return secrets.token_urlsafe(SECRET_BYTES)
    if not path.exists():
        _make_secret(path)
    _refuse_shown(path)
    return path.read_text("ascii").strip()


def _secret_file(settings: Settings) -> Path | None:
    url = make_url(settings.db)
    if url.get_backend_name() != "sqlite":
        return settings.data_dir / "callcycle.secret"
    if not url.database or url.database == ":memory:":
        return None  # a database that ends with the process needs no longer secret
    return Path(url.database + ".secret")


def _refuse_shown(path: Path) -> None:
    others = stat.S_IRWXG | stat.S_IRWXO
    if os.name == "posix" and path.stat().st_mode & others:
        raise Refused(
            N_(
                "Others than its owner may read {path}, and could sign logins with it. Remove it, "
                "then a new one is made and everybody logs in again, or: chmod 600 {path}"
            ),
            path=path,
        )


def _make_secret(path: Path) -> None:
    """Written aside and linked into place: two processes that start together share one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(SECRET_BYTES))
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()
