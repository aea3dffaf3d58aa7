"""Every setting, read once from the environment (`CALLCYCLE_…`) and checked before use."""

import locale
from functools import cached_property
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import holidays
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from field_api.wording import Language
from maps.coordinates import System

PREFIX = "CALLCYCLE_"
DEMO_DB = "sqlite:///demo/callcycle.db"  # what `callcycle demo` fills and `serve --demo` serves
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
    token_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 60
    login_attempts: Annotated[int, Field(ge=1, le=1000)] = 5
    login_pause_s: Annotated[int, Field(ge=1, le=86_400)] = 60
    hashers: Annotated[int, Field(ge=1, le=64)] = 2
    far_m: Annotated[int, Field(ge=0, le=100_000)] = 300
    due_soon_days: Annotated[int, Field(ge=0, le=60)] = 3
    max_body_bytes: Annotated[int, Field(ge=1024, le=64 * 1024 * 1024)] = 256 * 1024

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

    @field_validator("secret")
    @classmethod
    def _long_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value().encode()) < 32:
            raise ValueError("too short to sign with; use at least 32 characters")
        return value

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of reps that name none of their own."""
        return ZoneInfo(self.timezone)


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
    value = "(hidden)" if name.endswith("SECRET") else repr(details["input"])
    return f"{name} is {value}: {details['msg'].removeprefix('Value error, ')}"
