"""A file of appointments."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T
from crm.spreadsheets.kinds.shared import CUSTOMER_CODE

APPOINTMENTS = (
    Field(
        name="code",
        zh="预约编码",
        type=T.CODE,
        required=True,
        longest=64,
        example="AP1",
        meaning="identifies the appointment for good",
    ),
    CUSTOMER_CODE,
    Field(
        name="date",
        zh="预约日期",
        type=T.DATE,
        required=True,
        example="2026-12-03",
        meaning="day agreed",
    ),
    Field(
        name="time",
        zh="预约时间",
        type=T.TIME,
        required=True,
        example="14:30",
        meaning="the visit begins at exactly this time",
    ),
    Field(
        name="minutes",
        zh="时长",
        type=T.INTEGER,
        least=1,
        most=600,
        default="30",
        example="45",
        meaning="minutes it takes",
    ),
    Field(
        name="note",
        zh="备注",
        longest=500,
        example="tasting of the new range",
        meaning="what it is about",
    ),
)
