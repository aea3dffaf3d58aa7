"""A file of sales."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T
from crm.spreadsheets.kinds.shared import CUSTOMER_CODE

SALES = (
    CUSTOMER_CODE,
    Field(
        name="date",
        zh="销售日期",
        type=T.DATE,
        required=True,
        example="2026-10-01",
        meaning="day of the sale, or the first day of the month summed up",
    ),
    Field(
        name="product",
        zh="产品",
        type=T.TEXT,
        longest=100,
        default="all products",
        example="beverages",
        meaning="product or product group",
    ),
    Field(
        name="amount",
        zh="金额",
        type=T.MONEY,
        required=True,
        example="1,234.50",
        meaning="in the company's currency; returns are negative",
    ),
    Field(
        name="margin",
        zh="毛利",
        type=T.MONEY,
        example="310.20",
        meaning="what is left of the amount after the goods' cost; empty: not known",
    ),
)
