"""A file of where people live."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T
from crm.spreadsheets.kinds.shared import COORDINATE_SYSTEM

MOST_PEOPLE = 50_000_000  # no town has more

POPULATION = (
    Field(
        name="code",
        zh="地点编码",
        type=T.CODE,
        default="the name",
        longest=64,
        example="1805753",
        meaning="identifies the place for good, where two bear the same name",
    ),
    Field(
        name="name",
        zh="地名",
        required=True,
        example="Birkirkara",
        meaning="town, village or quarter",
    ),
    Field(
        name="lat",
        zh="纬度",
        type=T.LATITUDE,
        required=True,
        example="35.8966",
        meaning="degrees north of its centre",
    ),
    Field(
        name="lon",
        zh="经度",
        type=T.LONGITUDE,
        required=True,
        example="14.4615",
        meaning="degrees east of its centre",
    ),
    COORDINATE_SYSTEM,
    Field(
        name="population",
        zh="人口",
        type=T.INTEGER,
        required=True,
        most=MOST_PEOPLE,
        example="22247",
        meaning="how many people live there",
    ),
    Field(
        name="source",
        zh="来源",
        example="census of 2021",
        meaning="who counted them, and when",
    ),
)
