"""The service does not start where strangers would get in, and says what to change."""

import os
import subprocess

import pytest

from crm.errors import Refused
from crm.models import User
from field_api.auth import Passwords
from field_api.services.house import demo
from field_api.services.house.safety import UnsafeSetting, is_loopback, reachable, refuse_unsafe
from field_api.settings import load_settings
from field_api.signing import signing_secret
from tests.builders import a_user
from tests.support.serving import CALLCYCLE

pytestmark = pytest.mark.one_database
HTTPS = "https://visits.example.com"
GOOD = "8fjG2kQz7LmXw0RtVbN4sYc6HdPa1EuT"


@pytest.mark.parametrize(
    ("changes", "host", "remedy"),
    [
        ({"secret": "x" * 40}, "127.0.0.1", "1 different characters"),
        ({"secret": "changeme" * 5}, "127.0.0.1", "holds “change”"),
        ({"secret": "MY-SUPER-SECRET-KEY-FOR-ALL-LOGINS"}, "127.0.0.1", "openssl"),
        ({"secret": demo.PASSWORD + GOOD}, "127.0.0.1", "callcycle demo"),
        ({}, "0.0.0.0", "CALLCYCLE_PUBLIC_URL=https"),
        ({}, "::", "127.0.0.1 only"),
        ({}, "192.0.2.4", "CALLCYCLE_ALLOW_PLAIN_HTTP=1"),
        ({}, "visits.example.com", "TLS"),
        ({"public_url": "http://visits.example.com"}, "127.0.0.1", "http://visits.example.com"),
        ({"attachments_endpoint": "http://minio.example.com"}, "127.0.0.1", "https://"),
        ({"public_url": HTTPS, "trusted_proxies": ""}, "127.0.0.1", "CALLCYCLE_TRUSTED_PROXIES"),
    ],
)
def test_it_does_not_start_with(database, changes, host, remedy):
    with pytest.raises(UnsafeSetting) as caught:
        refuse_unsafe(load_settings(db=database.url, **changes), database, host=host)
    assert remedy in str(caught.value)
    assert GOOD not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "host"),
    [
        ({}, "127.0.0.1"),
        ({}, "localhost"),
        ({}, "::1"),
        ({"secret": GOOD}, "127.0.0.1"),
        ({"public_url": "http://localhost:8000"}, "127.0.0.1"),
        ({"public_url": HTTPS}, "127.0.0.1"),
        ({"public_url": HTTPS, "trusted_proxies": "10.0.0.0/24"}, "0.0.0.0"),
        ({"allow_plain_http": True}, "0.0.0.0"),
        ({"attachments_endpoint": "http://127.0.0.1:9000"}, "127.0.0.1"),
        ({"attachments_endpoint": "https://minio.example.com"}, "127.0.0.1"),
    ],
)
def test_it_starts_with(database, changes, host):
    refuse_unsafe(load_settings(db=database.url, **changes), database, host=host)


def test_the_demos_accounts_stay_on_this_machine(database):
    with database.writing() as session:
        kept = Passwords(1).hashed(demo.PASSWORD)
        session.add(a_user(demo.USERNAMES[1], password_hash=kept))
    settings = load_settings(db=database.url, allow_plain_http=True)
    refuse_unsafe(settings, database, host="127.0.0.1")
    with pytest.raises(UnsafeSetting, match=demo.USERNAMES[1]):
        refuse_unsafe(settings, database, host="0.0.0.0")
    behind = load_settings(db=database.url, public_url=HTTPS)
    with pytest.raises(UnsafeSetting, match=demo.USERNAMES[1]):
        refuse_unsafe(behind, database, host="127.0.0.1")
    with database.writing() as session:
        session.get_one(User, 1).active = False
    refuse_unsafe(settings, database, host="0.0.0.0")


def test_what_counts_as_reachable():
    assert not reachable(load_settings(), "127.8.8.8")
    assert not reachable(load_settings(public_url="http://[::1]:8000"), "localhost")
    assert reachable(load_settings(), "0.0.0.0")
    assert not is_loopback("localhost.example.com")


@pytest.mark.skipif(os.name != "posix", reason="other systems keep rights otherwise")
def test_a_secret_that_others_may_read_is_not_signed_with(tmp_path):
    settings = load_settings(db=f"sqlite:///{tmp_path}/x.db")
    secret = signing_secret(settings)
    file = tmp_path / "x.db.secret"
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o640)
    with pytest.raises(Refused, match="chmod 600") as caught:
        signing_secret(settings)
    assert secret not in str(caught.value)
    file.chmod(0o600)
    assert signing_secret(settings) == secret


def test_the_command_says_so_and_ends(tmp_path):
    done = subprocess.run(
        [*CALLCYCLE, "serve", "--host", "0.0.0.0", "--lang", "zh"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert "CALLCYCLE_PUBLIC_URL" in done.stderr
    assert "密码" in done.stderr
