"""A file of promises."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T
from crm.spreadsheets.kinds.shared import CUSTOMER_CODE

PROMISES = (
    Field(
        name="code",
        zh="承诺编码",
        type=T.CODE,
        required=True,
        longest=64,
        example="PR1",
        meaning="identifies the promise for good",
    ),
    CUSTOMER_CODE,
    Field(
        name="what",
        zh="承诺内容",
        required=True,
        longest=500,
        example="bring the sample sheet",
        meaning="what was promised",
    ),
    Field(
        name="due",
        zh="到期日",
        type=T.DATE,
        required=True,
        example="2026-12-04",
        meaning="last day on which it is kept",
    ),
    Field(
        name="owner_rep_code",
        zh="负责人编码",
        type=T.CODE,
        longest=64,
        default="the territory's rep",
        example="R1",
        meaning="who owes it: code of a rep imported before",
    ),
    Field(
        name="to_whom",
        zh="承诺对象",
        example="Maria Borg",
        meaning="person it was promised to",
    ),
    Field(
        name="made_on",
        zh="承诺日期",
        type=T.DATE,
        default="day of the import",
        example="2026-11-20",
        meaning="when it was promised",
    ),
)
