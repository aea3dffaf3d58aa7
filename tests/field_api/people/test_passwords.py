"""How passwords are kept and checked."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from field_api.auth import HashingBusy, Passwords


def test_passwords_are_checked_a_few_at_a_time(monkeypatch):
    passwords, inside, most = Passwords(2), [], []
    lock, may_end = threading.Lock(), threading.Event()

    def verify(_given, _kept):
        with lock:
            inside.append(1)
            most.append(len(inside))
            if len(most) == 2:
                may_end.set()
        assert may_end.wait(10)
        with lock:
            inside.pop()
        return True

    kept = passwords.hashed("x")
    monkeypatch.setattr(passwords._hasher, "verify", verify)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: passwords.fits("x", kept), range(8)))
    assert max(most) == 2


def test_nobody_waits_forever_for_a_slot(monkeypatch):
    monkeypatch.setattr("field_api.auth.passwords.HASHING_PATIENCE_S", 0.01)
    passwords = Passwords(1)
    with passwords._slot(), pytest.raises(HashingBusy):
        passwords.hashed("x")


def test_a_password_fits_however_a_keyboard_writes_it():
    passwords = Passwords(1)
    kept = passwords.hashed("un café à Jinan")
    assert passwords.fits("un cafe\u0301 a\u0300 Jinan", kept)
    assert not passwords.fits("un cafe a Jinan", kept)


@pytest.mark.parametrize("kept", [None, "", "!", "plain text"])
def test_an_account_without_a_password_has_none_that_fits(kept):
    passwords = Passwords(1)
    for given in ("", "!", "plain text"):
        assert not passwords.fits(given, kept)
