"""A file of territories."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T

TERRITORIES = (
    Field(
        name="code",
        zh="区域编码",
        type=T.CODE,
        required=True,
        longest=64,
        example="T1",
        meaning="identifies the territory for good",
    ),
    Field(
        name="name",
        zh="区域名称",
        required=True,
        example="Valletta",
        meaning="as people say it",
    ),
    Field(
        name="rep_code",
        zh="人员编码",
        type=T.CODE,
        longest=64,
        default="no rep yet",
        example="R1",
        meaning="who works it: code of a rep imported before",
    ),
    Field(
        name="district_code",
        zh="分公司编码",
        type=T.CODE,
        longest=64,
        default="the rep's district",
        example="MALTA",
        meaning="district it belongs to; needed when there is no rep",
    ),
    Field(
        name="geometry",
        zh="边界",
        type=T.GEOMETRY,
        required=True,
        longest=5_000_000,
        example="POLYGON((14.48 35.88, 14.54 35.88, 14.54 35.92, 14.48 35.92, 14.48 35.88))",
        meaning="polygon or multipolygon in WGS-84 lon lat, as WKT or GeoJSON text",
    ),
)
