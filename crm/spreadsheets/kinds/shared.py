"""Columns that several kinds have."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T

CUSTOMER_CODE = Field(
    name="customer_code",
    zh="客户编码",
    type=T.CODE,
    required=True,
    longest=64,
    example="C1001",
    meaning="code of a customer imported before",
)
