"""Messages: one's own list, and their way out of the product."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.database import Database
from crm.models import Delivery, Message, Rep, User
from crm.rules.access import Asker
from crm.rules.messages import after_quiet
from crm.store.people import messages
from crm.text import N_
from crm.vocabulary import ChannelKind, DeliveryState
from field_api import metrics
from field_api.auth import password_links
from field_api.channels import Letter, NotSent, send
from field_api.schemas.messages import MessageAnswer, MessagesAnswer, ReadAnswer
from field_api.services.pages import cursor, place
from field_api.services.people.accounts import zone_of
from field_api.settings import Settings
from field_api.wording import LANGUAGES, Language, say

AT_ONCE = 50  # deliveries in one go
SUBJECT_CHARACTERS = 120
LARGEST_NUMBER = 2**31 - 1


def listed(
    database: Database,
    asker: Asker,
    language: Language,
    *,
    unread: bool,
    after: str | None,
    limit: int,
) -> MessagesAnswer:
    """The asker's own messages, the newest first, in parts of at most `limit`."""
    before = place(after, lambda number, _: min(int(number), LARGEST_NUMBER))
    with database.reading() as session:
        found = messages.of_user(session, asker, unread=unread, before=before, limit=limit + 1)
        shown = found[:limit]
        return MessagesAnswer(
            items=[_answer(message, language) for message in shown],
            next_cursor=cursor(shown[-1].id or 0, 0) if len(found) > limit else None,
            unread=messages.count_unread(session, asker),
        )


def read(database: Database, asker: Asker, up_to: int, *, now: datetime) -> ReadAnswer:
    """Mark one's own messages up to a number as read."""
    with database.writing(by=asker, at=now) as session:
        count = messages.mark_read(session, asker, up_to, now)
        return ReadAnswer(read=count, unread=messages.count_unread(session, asker))


@dataclass(frozen=True, kw_only=True)
class _Due:
    delivery_id: int
    kind: ChannelKind
    address: str
    letter: Letter
    not_before: datetime


def deliver(database: Database, settings: Settings, *, now: datetime) -> dict[str, int]:
    """Send what waits and may be sent now; answers how many were sent, put off and failed.

    Each delivery is settled by itself: one that a dying process had sent and not settled is sent
    once more, under the same number.
    """
    counts = dict.fromkeys(("sent", "quiet", "failed"), 0)
    with database.reading() as session:
        due = [
            _Due(
                delivery_id=delivery.id or 0,
                kind=delivery.kind,
                address=delivery.address,
                letter=_letter(delivery, message, user, settings),
                not_before=_may_leave(message, user, rep, settings, now),
            )
            for delivery, message, user, rep in messages.waiting(session, now, AT_ONCE)
        ]
    for one in due:
        if one.not_before > now:
            with database.writing(at=now) as session:
                messages.postpone(session, one.delivery_id, one.not_before)
            _count(counts, one, "quiet")
            continue
        error = ""
        try:
            send(settings, one.kind, one.address, one.letter)
        except NotSent as refused:
            error = str(refused)
        with database.writing(at=now) as session:
            settled = messages.settle(session, one.delivery_id, error=error, now=now)
            what = "sent" if settled.state is DeliveryState.SENT else "failed"
        _count(counts, one, what)
    return counts


def _count(counts: dict[str, int], one: _Due, what: str) -> None:
    counts[what] += 1
    metrics.MESSAGES.labels(one.kind.value, what).inc()


def _may_leave(
    message: Message, user: User, rep: Rep | None, settings: Settings, now: datetime
) -> datetime:
    if message.kind == password_links.KIND:  # somebody waits for it, awake
        return now
    zone: ZoneInfo = zone_of(rep, settings)
    return after_quiet(now, zone, from_s=user.quiet_from_s, to_s=user.quiet_to_s)


def _letter(delivery: Delivery, message: Message, user: User, settings: Settings) -> Letter:
    language: Language = next((lang for lang in LANGUAGES if lang == user.lang), settings.lang)
    text = _said(message, language)
    where = say(language, N_("Open {url} to see more."), url=settings.public_url)
    if not settings.public_url:
        where = ""
    if message.kind == password_links.KIND and delivery.kind is ChannelKind.EMAIL:
        # a robot would show the way to a whole group
        secret = password_links.secret_of(message.subject, settings)
        way = N_("Choose a new password here: {link}")
        where = say(language, way, link=password_links.link(settings, secret))
    return Letter(
        number=delivery.id or 0,
        subject=" ".join(text.split())[:SUBJECT_CHARACTERS],
        text=f"{text}\n\n{where}".rstrip(),
    )


def _answer(message: Message, language: Language) -> MessageAnswer:
    return MessageAnswer(
        number=message.id or 0,
        kind=message.kind,
        text=_said(message, language),
        noun=message.noun,
        subject=message.subject,
        created_at=message.created_at,
        read_at=message.read_at,
    )


def _said(message: Message, language: Language) -> str:
    """The text in a language, with texts within it: values that bear `text` and `params`."""
    values = dict(message.params)
    for name, value in message.params.items():
        if isinstance(value, dict):
            within, its = value["text"], value["params"]
            values[name] = say(language, within, **its)
    return say(language, message.text, **values)
