"""Which passwords are accepted: long ones that are neither the name nor the first to be guessed."""

import unicodedata

from crm.errors import Refused
from crm.text import N_

SHORTEST = 12
LONGEST = 1024  # hashing longer ones would keep the machine busy for whoever sends them
FEWEST_DIFFERENT = 5  # characters: aaaaaaaaaaaa and 121212121212 are long and bad
MOST_COMMON = frozenset(
    {
        "123456789012",
        "1234567890123",
        "123456789abc",
        "1234567890ab",
        "0123456789ab",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "1qazxsw23edc",
        "abc123456789",
        "abcdefghijkl",
        "administrator",
        "callcycle123",
        "changemenow!",
        "iloveyou1234",
        "letmein12345",
        "motdepasse12",
        "p@ssw0rd1234",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "q1w2e3r4t5y6",
        "qazwsxedcrfv",
        "qwerty123456",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopas",
        "qwertyuiop[]",
        "welcome12345",
        "woaini5201314",
        "woaini1314520",
        "zaq12wsxcde3",
        "zxcvbnmasdfg",
    }
)


class PasswordRefused(Refused):
    """A password that would be guessed, or cannot be kept."""


def refuse_unfit(password: str, username: str) -> None:
    """Raise `PasswordRefused` for a password that an account with this name must not have."""
    if len(password) < SHORTEST:
        raise PasswordRefused(
            N_("The password has {n} characters; use at least {least}."),
            n=len(password),
            least=SHORTEST,
        )
    if len(password) > LONGEST:
        raise PasswordRefused(
            N_("The password has {n} characters; use at most {most}."),
            n=len(password),
            most=LONGEST,
        )
    plain = unicodedata.normalize("NFKC", password).casefold()
    name = unicodedata.normalize("NFKC", username).casefold()
    if name and name in plain and not plain.replace(name, "").strip("0123456789 .!?-_"):
        raise PasswordRefused(N_("The password is the user name; use one that says less."))
    if plain in MOST_COMMON or len(set(plain)) < FEWEST_DIFFERENT:
        raise PasswordRefused(
            N_("The password is among the first to be guessed; use a few words of your own.")
        )
