"""Ways out of the product: each sends one text to one address, or raises `NotSent`."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.vocabulary import ChannelKind
from field_api.channels import email, webhook
from field_api.channels.not_sent import NotSent
from field_api.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is sent: `number` is the delivery's, the same at every try."""

    number: int
    subject: str
    text: str


Send = Callable[[Settings, str, Letter], None]
SENDS: dict[ChannelKind, Send] = {
    ChannelKind.EMAIL: lambda settings, address, letter: email.send(
        settings, address, number=letter.number, subject=letter.subject, text=letter.text
    ),
    **{
        kind: lambda settings, address, letter, kind=kind: webhook.send(  # type: ignore[misc]
            settings, kind, address, text=letter.text
        )
        for kind in (ChannelKind.WECOM, ChannelKind.DINGTALK, ChannelKind.SLACK)
    },
}


def send(settings: Settings, kind: ChannelKind, address: str, letter: Letter) -> None:
    """Send a letter; `NotSent` with the reason when it did not arrive."""
    SENDS[kind](settings, address, letter)


__all__ = ["Letter", "NotSent", "send"]
