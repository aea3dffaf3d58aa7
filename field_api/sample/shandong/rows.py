"""The rows of the import files; a row's keys are the files' headings."""

from collections.abc import Iterable, Iterator

from field_api.sample.rounds import Visit
from field_api.sample.shandong import SHANDONG, particulars
from field_api.sample.shandong.customers import gcj02
from field_api.sample.shandong.facts import Facts
from field_api.sample.shandong.patches import DISTRICTS, PATCHES, REGION
from field_api.sample.shandong.places import places
from field_api.sample.shandong.sales import Sale
from field_api.sample.tables import Row


def reps() -> Iterator[Row]:
    """One row a rep; the day starts and ends at home, in the middle of a town."""
    for patch in PATCHES:
        home = places()[patch.home]
        lat, lon = gcj02(home.lat, home.lon)
        yield {
            "人员编码": patch.rep_code,
            "姓名": patch.rep_name,
            "分公司编码": patch.district,
            "分公司名称": DISTRICTS[patch.district],
            "大区编码": REGION[0],
            "大区名称": REGION[1],
            "出发纬度": lat,
            "出发经度": lon,
            "坐标系": "GCJ-02",
            "交通工具": "汽车",
            "工作日": "周一至周五",
            "上班时间": "08:00",
            "下班时间": "18:00",
            "午休最早开始": "11:30",
            "午休最晚开始": "13:00",
            "午休时长": 60,
            "国家": SHANDONG.country,
            "时区": SHANDONG.timezone,
        }


def customers(facts: Facts) -> Iterator[Row]:
    """One row a customer, in order of code; coordinates as a Chinese map gives them."""
    for one in facts.customers:
        wish = facts.wishes.get(one.code)
        yield {
            "客户编码": one.code,
            "客户名称": one.name,
            "业种": one.trade.name,
            "渠道": one.trade.channel,
            "街道": one.street,
            "城市": one.place.address,
            "联系人": one.contact,
            "联系电话": one.phone,
            "纬度": one.gcj02[0],
            "经度": one.gcj02[1],
            "坐标系": "GCJ-02",
            "状态": one.status,
            "拜访时长": one.trade.service_minutes,
            "拜访间隔": wish.days if wish else None,
            "间隔原因": wish.reason if wish else "",
            "营业时间": particulars.opening_hours(one),
            "不宜拜访时间": particulars.unfit_times(one),
        }


def visits(made: Iterable[Visit]) -> Iterator[Row]:
    """One row a visit."""
    for visit in made:
        yield {
            "客户编码": visit.customer_code,
            "拜访日期": visit.date,
            "人员编码": visit.rep_code,
        }


def sales(sold: Iterable[Sale]) -> Iterator[Row]:
    """One row a customer, month and product; amounts in yuan."""
    for sale in sold:
        yield {
            "客户编码": sale.customer_code,
            "销售日期": sale.month,
            "产品": sale.product,
            "金额": f"{sale.yuan}.00",
        }


def population() -> Iterator[Row]:
    """One row a city or county town."""
    for place in places().values():
        yield {
            "地点编码": place.geoname_id,
            "地名": place.name,
            "纬度": place.lat,
            "经度": place.lon,
            "坐标系": "WGS-84",
            "人口": place.population,
            "来源": "GeoNames 2012，CC BY",
        }
