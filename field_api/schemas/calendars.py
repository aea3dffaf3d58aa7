"""Calendar feeds over the wire."""

from datetime import datetime

from pydantic import ConfigDict

from field_api.schemas.values import Shape

EXAMPLE = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:PUBLISH
BEGIN:VEVENT
UID:2f1e8f0c-6d3a-5a7e-9a53-0b8b2c3e54f4@callcycle
SEQUENCE:1
DTSTAMP:20261127T100000Z
DTSTART;TZID=Europe/Malta:20261130T084500
DTEND;TZID=Europe/Malta:20261130T092500
SUMMARY:Café Borg
LOCATION:1 Strait Street\\, VLT 1436\\, Valletta
DESCRIPTION:key customer care
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
"""


class FeedAnswer(Shape):
    """A feed's address, told this once: whoever has it sees the route. A new one ends it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "url": "https://visits.example.com/calendar/Zy3kQ1….ics",
                    "rep_code": "MT-1",
                    "created_at": "2026-11-30T09:00:00Z",
                }
            ]
        }
    )

    url: str
    rep_code: str
    created_at: datetime
