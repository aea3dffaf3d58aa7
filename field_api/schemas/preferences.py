"""What people set for themselves, over the wire."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from crm.vocabulary import ChannelKind
from field_api.schemas.values import FilledSentence, Secret, Shape, TimeOfDay

MOST_CHANNELS = 10
EXAMPLE: dict[str, Any] = {
    "lang": "zh",
    "quiet_from": "20:00",
    "quiet_to": "07:00",
    "channels": [{"kind": "email", "address": "maria@example.com", "active": True}],
}


class ChannelShape(Shape):
    """An address at which messages are wanted: of mail, or of a group's robot."""

    model_config = ConfigDict(json_schema_extra={"examples": EXAMPLE["channels"]})

    kind: ChannelKind
    address: FilledSentence
    active: bool = True


class Preferences(Shape):
    """The language (empty: the service's), the local times between which nothing is sent out (both
    the same: never quiet), and where to."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    lang: Literal["", "en", "zh"]
    quiet_from: TimeOfDay
    quiet_to: TimeOfDay
    channels: Annotated[list[ChannelShape], Field(max_length=MOST_CHANNELS)]


class PreferencesBody(Preferences):
    """Preferences as they are sent. A mail address that is new needs the password: links to a new
    one go there."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [EXAMPLE | {"password": "a long sentence"}]}
    )

    password: Secret | None = None
