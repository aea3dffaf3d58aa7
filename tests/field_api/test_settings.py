"""Settings: documented one by one, refused with a reason."""

import re
from pathlib import Path

import pytest

from field_api.settings import PREFIX, Settings, SettingsError, load_settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def documented():
    """Name and default of each setting out of the document's table."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    return {name: default.strip("`") for name, default in rows}


def test_every_setting_is_documented_and_no_other():
    assert set(documented()) == {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_documented_defaults_are_the_defaults(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    settings = load_settings()
    for name, default in documented().items():
        field = name.removeprefix(PREFIX).lower()
        if field in ("lang", "secret"):  # these depend on the machine
            continue
        value = getattr(settings, field)
        assert ("" if value is None else str(value)) == default.replace("(none)", ""), name


def test_given_before_environment_before_default(monkeypatch):
    monkeypatch.setenv("CALLCYCLE_FAR_M", "500")
    assert load_settings().far_m == 500
    assert load_settings(far_m=700).far_m == 700
    assert load_settings(far_m=None).far_m == 500


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("TIMEZONE", "Malta/Valletta", "Europe/Malta"),
        ("COUNTRY", "XX", "two-letter"),
        ("LANG", "fr", "'en' or 'zh'"),
        ("FAR_M", "-1", "greater than or equal to 0"),
        ("TOKEN_MINUTES", str(2**70), "less than or equal to 1440"),
        ("DB", "", "at least 1 character"),
        ("PUBLIC_URL", "visits.example.com", "https://visits.example.com"),
        ("PUBLIC_URL", "https://visits.example.com/app", "https://visits.example.com"),
        ("PUBLIC_URL", "https://user:word@example.com", "https://visits.example.com"),
        ("TRUSTED_PROXIES", "*", "10.0.0.0/24"),
        ("TRUSTED_PROXIES", "10.0.0.5, proxy.local", "10.0.0.0/24"),
        ("TRUSTED_PROXIES", "0.0.0.0/0", "everybody"),
        ("LOG_FORMAT", "xml", "'json' or 'text'"),
    ],
)
def test_what_cannot_be_used_is_named(monkeypatch, name, value, hint):
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{PREFIX}{name} is {value!r}: ")
    assert hint in str(caught.value)


def test_cookies_and_browsers_are_held_to_tls_where_there_is_some():
    assert not load_settings().secure_cookies
    assert not load_settings(public_url="http://localhost:8000").tls
    settings = load_settings(public_url="https://visits.example.com/")
    assert (settings.tls, settings.secure_cookies) == (True, True)
    assert settings.public_url == "https://visits.example.com"


@pytest.mark.parametrize("name", ["SECRET", "METRICS_TOKEN"])
def test_a_secret_is_neither_short_nor_shown(monkeypatch, name):
    monkeypatch.setenv(PREFIX + name, "hunter2")
    with pytest.raises(SettingsError, match="32 characters") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)
    monkeypatch.delenv(PREFIX + name)
    assert "x" * 32 not in repr(load_settings(**{name.lower(): "x" * 32}))
