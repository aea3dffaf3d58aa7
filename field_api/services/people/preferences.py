"""What people set for themselves: language, quiet hours, and where messages go."""

import re
from datetime import datetime

from sqlmodel import Session

from crm.rules.times_of_day import read_time, write_time
from crm.store.house import audit
from crm.store.people import accounts, channels
from crm.text import N_
from crm.vocabulary import ChannelKind
from field_api.auth import Caller
from field_api.auth.passwords import NO_PASSWORD
from field_api.channels import webhook
from field_api.errors import InvalidInput
from field_api.house import House
from field_api.schemas.preferences import ChannelShape, Preferences, PreferencesBody
from field_api.services.people import passwords
from field_api.settings import Settings
from field_api.wording import LANGUAGES

MAIL_ADDRESS = re.compile(r"[!-?A-~]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*", re.ASCII)
LONGEST_MAIL_ADDRESS = 254


def shown(house: House, caller: Caller) -> Preferences:
    """The caller's."""
    with house.database.reading() as session:
        return _of(session, caller)


def put(house: House, caller: Caller, wanted: PreferencesBody, *, now: datetime) -> Preferences:
    """Put these in the place of the caller's former ones.

    Raises `InvalidInput` for an address that nothing may be sent to, and for a new mail address
    without the password; `WrongOldPassword`, `TooManyAttempts` for a wrong one.
    """
    for position, channel in enumerate(wanted.channels):
        _refuse_unfit(position, channel, house.settings)
    if _names_new_mail(house, caller, wanted):
        if wanted.password is None:
            raise InvalidInput(
                "body.password",
                N_("A new mail address needs the password: links to a new one go there."),
            )
        passwords.proven(house, caller, wanted.password, now=now)

    def work(session: Session) -> Preferences:
        user = accounts.own(session, caller.asker, to_change=True)
        user.lang = wanted.lang
        user.quiet_from_s = read_time(wanted.quiet_from) or 0
        user.quiet_to_s = read_time(wanted.quiet_to) or 0
        addresses = {(one.kind, one.address): one.active for one in wanted.channels}
        channels.replace(
            session, caller.asker, [(kind, to, used) for (kind, to), used in addresses.items()]
        )
        kinds = [kind.value for kind, _ in addresses]
        audit.record(
            session, "set_channels", noun="user", key=user.username, details={"kinds": kinds}
        )
        return _of(session, caller)

    return house.database.written(work, by=caller.asker, at=now)


def _names_new_mail(house: House, caller: Caller, wanted: Preferences) -> bool:
    """Whether mail shall go where none of the caller's went before; who has no password gets no
    links to a new one."""
    with house.database.reading() as session:
        if accounts.own(session, caller.asker).password_hash == NO_PASSWORD:
            return False
        known = {(one.kind, one.address) for one in channels.of_asker(session, caller.asker)}
    named = {(one.kind, one.address) for one in wanted.channels}
    return any(kind is ChannelKind.EMAIL for kind, _ in named - known)


def _of(session: Session, caller: Caller) -> Preferences:
    user = accounts.own(session, caller.asker)
    return Preferences(
        lang=next((lang for lang in LANGUAGES if lang == user.lang), ""),
        quiet_from=write_time(user.quiet_from_s),
        quiet_to=write_time(user.quiet_to_s),
        channels=[
            ChannelShape(kind=one.kind, address=one.address, active=one.active)
            for one in channels.of_asker(session, caller.asker)
        ],
    )


def _refuse_unfit(position: int, channel: ChannelShape, settings: Settings) -> None:
    where = f"body.channels.{position}.address"
    if channel.kind is ChannelKind.EMAIL:
        if len(channel.address) > LONGEST_MAIL_ADDRESS or not MAIL_ADDRESS.fullmatch(
            channel.address
        ):
            raise InvalidInput(
                where,
                N_("{address} is no mail address; write one like maria@example.com."),
                address=repr(channel.address),
            )
    elif not webhook.allowed(settings, channel.address):
        raise InvalidInput(
            where,
            N_("Messages are posted over https to {hosts} only; ask for another in the settings."),
            hosts=", ".join(sorted(settings.webhook_host_names)) or "-",
        )
