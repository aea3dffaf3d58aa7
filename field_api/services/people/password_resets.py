"""Ways to a new password for those who do not know the old one."""

from datetime import datetime, timedelta

from sqlmodel import Session

from crm.models import User
from crm.rules import passwords as rules
from crm.rules.access import SERVICE, Asker
from crm.rules.accounts import AccountRefused
from crm.store.house import audit
from crm.store.people import accounts, login_attempts, messages, password_resets
from crm.text import N_
from field_api.auth import Caller, normal_username
from field_api.auth.opaque import kept
from field_api.house import House
from field_api.schemas.passwords import ResetLink
from field_api.services.people import password_ways, passwords
from field_api.services.people.accounts import asker_of
from field_api.services.people.proof import keys_of

ASKED_WITHIN = timedelta(hours=1)
ASKED_AT_MOST = 3  # letters to one person within that time
ASKED_FROM_AN_ADDRESS = 60


def made(house: House, caller: Caller, username: str, *, now: datetime) -> ResetLink:
    """A link that the caller hands to a person whom the caller answers for; the person is told.

    Raises `AccountNotFound`, `AccountRefused` for a closed account and for one's own.
    """

    def work(session: Session) -> ResetLink:
        user = _others(session, caller.asker, username)
        handed = password_ways.handed(house.settings, session, user, now=now)
        audit.record(session, "make_password_link", noun="user", key=user.username)
        messages.tell(
            session,
            [user.id],
            kind="password_link_made",
            text=N_(
                "{manager} made a link by which you choose a new password. If you did not ask for "
                "it, ask why."
            ),
            params={"manager": caller.name},
            key=f"password_link_made:{user.username}:{now.isoformat()}",
            noun="user",
            subject=user.username,
            now=now,
        )
        return handed

    return house.database.written(work, by=caller.asker, at=now)


def asked(house: House, username: str, *, address: str, now: datetime) -> None:
    """Let a letter with a way be sent to whoever bears a name, if somebody does.

    Whoever asks learns nothing, also not by how long it takes: neither whether the name is known
    nor whether it was asked for too often.
    """
    username = normal_username(username)
    keys = keys_of(username, "", of="forgot").name, keys_of("", address, of="forgot").address
    limits = {keys[0]: ASKED_AT_MOST, keys[1]: ASKED_FROM_AN_ADDRESS}

    def work(session: Session) -> None:
        wait = login_attempts.count(session, limits, now=now, within=ASKED_WITHIN)
        user_id = accounts.id_in_use(session, username)
        if wait is None:
            password_ways.ask_for_letter(session, user_id, now=now)

    house.database.written(work, by=SERVICE, at=now)


def used(house: House, secret: str, password: str, *, now: datetime) -> None:
    """Give the person whose way it is a new password; all logins end.

    Raises `ResetEnded`, `PasswordRefused`, `HashingBusy`.
    """
    token = kept(secret)
    with house.database.reading() as session:
        user = password_resets.user_of(session, token, now=now)
        username, asker = user.username, asker_of(user)
    rules.refuse_unfit(password, username)
    hashed = house.passwords.hashed(password)

    def work(session: Session) -> None:
        password_resets.use(session, token, now=now)
        passwords.put(session, username, hashed, how="link", now=now)

    house.database.written(work, by=asker, at=now)


def _others(session: Session, asker: Asker, username: str) -> User:
    user = accounts.get(session, asker, normal_username(username), to_change=True)
    if user.id == asker.user_id:
        raise AccountRefused(N_("This is your own account: POST /api/v1/me/password changes it."))
    if not user.active:
        raise AccountRefused(
            N_("The account {username} is closed; open it again first."), username=user.username
        )
    return user
