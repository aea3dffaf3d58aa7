"""The secret that tokens are signed with."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from field_api.settings import Settings

SECRET_BYTES = 48


def signing_secret(settings: Settings) -> str:
    """The setting, else one made once and kept, readable by its owner only, beside the SQLite
    database, or in the data folder for a database elsewhere."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    path = _secret_file(settings)
    if path is None:
        return secrets.token_urlsafe(SECRET_BYTES)
    if not path.exists():
        _make_secret(path)
    return path.read_text("ascii").strip()


def _secret_file(settings: Settings) -> Path | None:
    url = make_url(settings.db)
    if url.get_backend_name() != "sqlite":
        return settings.data_dir / "callcycle.secret"
    if not url.database or url.database == ":memory:":
        return None  # a database that ends with the process needs no longer secret
    return Path(url.database + ".secret")


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
