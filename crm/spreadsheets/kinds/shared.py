"""Columns that several kinds have."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T
from crm.vocabulary import CoordinateSystem

SYSTEMS = {s.value: s.value for s in CoordinateSystem} | {
    "WGS84": "WGS-84",
    "GCJ02": "GCJ-02",
    "BD09": "BD-09",
    "火星坐标": "GCJ-02",
    "百度坐标": "BD-09",
}

CUSTOMER_CODE = Field(
    name="customer_code",
    zh="客户编码",
    type=T.CODE,
    required=True,
    longest=64,
    example="C1001",
    meaning="code of a customer imported before",
)
COORDINATE_SYSTEM = Field(
    name="coordinate_system",
    zh="坐标系",
    type=T.CHOICE,
    default="WGS-84",
    choices=SYSTEMS,
    example="WGS-84",
    meaning="the system of the row's coordinates; converted to WGS-84 when imported",
)
