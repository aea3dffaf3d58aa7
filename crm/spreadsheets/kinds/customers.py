"""A file of customers."""

from crm.rules.grading.grading_facts import FULL_CREDIT
from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T
from crm.spreadsheets.kinds.shared import COORDINATE_SYSTEM
from crm.vocabulary import CustomerStatus

LONGEST_INTERVAL_DAYS = 364  # a 52-week year: a rarer visit is in no year's calendar

STATUSES = {s.value: s.value for s in CustomerStatus} | {
    "准客户": "prospect",
    "有效": "active",
    "已剔除": "struck_out",
    "黑名单": "blacklisted",
}


CUSTOMERS = (
    Field(
        name="code",
        zh="客户编码",
        type=T.CODE,
        required=True,
        longest=64,
        example="C1001",
        meaning="identifies the customer for good",
    ),
    Field(
        name="name",
        zh="客户名称",
        required=True,
        example="Azure Window Café",
        meaning="as people say it",
    ),
    Field(
        name="trade",
        zh="业种",
        longest=100,
        example="restaurant",
        meaning="line of business",
    ),
    Field(
        name="channel",
        zh="渠道",
        longest=100,
        example="gastronomy",
        meaning="sales channel",
    ),
    Field(
        name="street",
        zh="街道",
        example="1 Strait Street",
        meaning="street and number",
    ),
    Field(
        name="postcode",
        zh="邮编",
        longest=20,
        example="VLT 1436",
        meaning="postal code",
    ),
    Field(
        name="city",
        zh="城市",
        longest=100,
        example="Valletta",
        meaning="town",
    ),
    Field(
        name="contact_name",
        zh="联系人",
        longest=100,
        example="Maria Borg",
        meaning="whom to ask for",
    ),
    Field(
        name="contact_phone",
        zh="联系电话",
        longest=50,
        example="+356 2100 0000",
        meaning="how to reach the contact",
    ),
    Field(
        name="lat",
        zh="纬度",
        type=T.LATITUDE,
        required=True,
        default="as it was; a new customer waits for a place",
        example="35.8989",
        meaning="degrees north",
    ),
    Field(
        name="lon",
        zh="经度",
        type=T.LONGITUDE,
        required=True,
        default="as it was; a new customer waits for a place",
        example="14.5146",
        meaning="degrees east",
    ),
    COORDINATE_SYSTEM,
    Field(
        name="status",
        zh="状态",
        type=T.CHOICE,
        default="active",
        choices=STATUSES,
        example="active",
        meaning="only active customers are planned",
    ),
    Field(
        name="service_minutes",
        zh="拜访时长",
        type=T.INTEGER,
        least=1,
        most=600,
        default="by grade",
        example="30",
        meaning="minutes a visit takes",
    ),
    Field(
        name="interval_days",
        zh="拜访间隔",
        type=T.INTEGER,
        least=1,
        most=LONGEST_INTERVAL_DAYS,
        default="by grade",
        example="14",
        meaning="days between visits, instead of the grade's",
    ),
    Field(
        name="interval_reason",
        zh="间隔原因",
        longest=500,
        example="opens a second shop",
        meaning="why the interval differs",
    ),
    Field(
        name="credit_score",
        zh="信用度",
        type=T.INTEGER,
        least=0,
        most=FULL_CREDIT,
        default="not evaluated",
        example="80",
        meaning="how far it is trusted to pay, 0 to 100 points",
    ),
    Field(
        name="customer_since",
        zh="合作开始日期",
        type=T.DATE,
        default="its first sale tells",
        example="2019-04-01",
        meaning="since when it is a customer",
    ),
    Field(
        name="opening_hours",
        zh="营业时间",
        type=T.OPENING_HOURS,
        longest=1000,
        default="always open",
        example="Mo-Fr 08:00-18:00; Sa 09:00-13:00",
        meaning="when visits are received, in OpenStreetMap's syntax",
    ),
    Field(
        name="unfit_times",
        zh="不宜拜访时间",
        type=T.UNFIT_TIMES,
        longest=2000,
        default="none",
        example="Mo-Fr 12:00-13:00; 2026-12-24",
        meaning="when not to come, weekly or on a date",
    ),
)
