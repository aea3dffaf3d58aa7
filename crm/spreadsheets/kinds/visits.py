"""A file of visits that were made."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T
from crm.spreadsheets.kinds.shared import CUSTOMER_CODE

VISITS = (
    CUSTOMER_CODE,
    Field(
        name="date",
        zh="拜访日期",
        type=T.DATE,
        required=True,
        example="2026-11-20",
        meaning="day of a visit that was made",
    ),
    Field(
        name="rep_code",
        zh="人员编码",
        type=T.CODE,
        longest=64,
        default="nobody named",
        example="R1",
        meaning="who was there: code of a rep imported before",
    ),
)
