"""A file of days that are not like their weekday."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T

WORKDAY = {"yes": "yes", "no": "no", "是": "yes", "否": "no", "上班": "yes", "放假": "no"}

CALENDAR = (
    Field(
        name="country",
        zh="国家",
        type=T.COUNTRY,
        required=True,
        longest=8,
        example="CN",
        meaning="whose calendar, ISO 3166",
    ),
    Field(
        name="date",
        zh="日期",
        type=T.DATE,
        required=True,
        example="2026-02-14",
        meaning="the day",
    ),
    Field(
        name="workday",
        zh="是否上班",
        type=T.CHOICE,
        required=True,
        choices=WORKDAY,
        example="yes",
        meaning="whether it is worked, whatever its weekday",
    ),
    Field(
        name="name",
        zh="名称",
        example="Spring Festival, made up",
        meaning="what the day is",
    ),
)
