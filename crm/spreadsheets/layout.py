"""A file of another company's layout: which of its columns is which field, said by hand.

A guess by the names that companies use comes first; what was said is kept by the headings'
fingerprint, so that the next file of the same layout asks nothing.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.spreadsheets.fields import Field
from crm.spreadsheets.findings import shown
from crm.spreadsheets.headings import Columns, known_headings, plain
from crm.spreadsheets.table import Cell, Row, Table, blank

SAMPLES = 3  # values shown of a column
LONGEST_SAMPLE = 30
SYSTEM = "coordinate_system"
OTHER_NAMES: dict[str, str] = {  # as other companies call it
    "code": (
        "编码 编号 客户编号 客户代码 客户号 门店编码 门店编号 门店代码 终端编码 终端编号 网点编码 "
        "customer customercode customerid customerno customernumber id no number outletcode "
        "storecode shopcode accountno account"
    ),
    "name": (
        "名称 客户 客户名 客户简称 客户全称 门店 门店名称 店名 店铺名称 终端名称 网点名称 单位名称 "
        "customername storename shopname outlet outletname accountname company companyname"
    ),
    "trade": "行业 业态 客户类型 客户类别 门店类型 类型 type category business segment",
    "channel": "渠道类型 渠道名称 销售渠道 saleschannel",
    "street": ("地址 详细地址 客户地址 门店地址 收货地址 通讯地址 address streetaddress address1"),
    "postcode": "邮政编码 zip zipcode postalcode",
    "city": "城市 市 所在城市 地市 区县 所在区县 town place locality",
    "contact_name": ("联系人姓名 负责人 店主 老板 客户联系人 contact contactperson owner manager"),
    "contact_phone": (
        "电话 手机 手机号 手机号码 联系方式 联系人电话 联系手机 phone tel telephone mobile "
        "phonenumber contactno"
    ),
    "lat": "latitude y 纬度坐标 gps纬度 北纬",
    "lon": "lng long longitude x 经度坐标 gps经度 东经",
    SYSTEM: "坐标类型 坐标系统 crs coordsystem coordinatesystem",
    "status": "客户状态 合作状态 state",
    "service_minutes": "拜访分钟 服务时长 停留时长 visitminutes duration",
    "credit_score": "信用分 信用评分 信用得分 credit creditrating",
    "customer_since": "合作日期 合作起始 合作时间 开户日期 since firstdeal",
    "interval_days": "拜访周期 拜访频次 周期天数 frequency visitinterval",
    "opening_hours": "营业时段 开门时间 hours openinghours",
    "unfit_times": "免拜访时间 不便时间",
    "customer_code": (
        "客户编号 客户代码 客户号 门店编码 门店编号 编码 编号 customer customerid customerno"
    ),
    "rep_code": "业务员编码 业务员编号 业代编码 人员编号 rep repid salesman",
    "date": "日期 销售日期 拜访日期 单据日期 下单日期 day",
    "product": "产品 商品 品名 产品名称 商品名称 sku item",
    "amount": "金额 销售额 销售金额 含税金额 sales total value revenue",
}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What somebody said of a file: field by column number, the coordinate system of rows that
    name none (empty: not said), cells written anew by line and column, and lines left out."""

    columns: Mapping[str, int]
    system: str = ""
    edits: Mapping[int, Mapping[int, str]]
    left_out: frozenset[int] = frozenset()


def fingerprint(headings: Sequence[str]) -> str:
    """The same for headings of the same names, in whatever order."""
    names = "\n".join(sorted(plain(heading) for heading in headings if heading.strip()))
    return hashlib.sha256(names.encode("utf-8", "replace")).hexdigest()


def guess(fields: Sequence[Field], headings: Sequence[str]) -> dict[str, int]:
    """Field by column number: our own headings first, then what other companies call them; a
    column is given once."""
    found: dict[str, int] = {}
    own = known_headings(fields)
    others: dict[str, str] = {}
    for field in fields:
        for name in OTHER_NAMES.get(field.name, "").split():
            others.setdefault(plain(name), field.name)
    for known in (own, others):
        for at, heading in enumerate(headings):
            name = known.get(plain(heading), "")
            if name and name not in found and at not in found.values():
                found[name] = at
    return found


def remembered(columns: Mapping[str, str], headings: Sequence[str]) -> dict[str, int]:
    """Field by column number, as it was said of a file of the same headings."""
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        name = columns.get(plain(heading))
        if name is not None and name not in found:
            found[name] = at
    return found


def by_heading(columns: Mapping[str, int], headings: Sequence[str]) -> dict[str, str]:
    """What is remembered of a layout: field by heading."""
    return {plain(headings[at]): name for name, at in columns.items() if plain(headings[at])}


def is_ours(fields: Sequence[Field], headings: Sequence[str]) -> bool:
    """Whether all that must be there stands under our own headings, each once."""
    own = known_headings(fields)
    found = [name for heading in headings if (name := own.get(plain(heading)))]
    needed = {field.name for field in fields if field.required}
    return needed <= set(found) and len(found) == len(set(found))


def missing(fields: Sequence[Field], columns: Mapping[str, int]) -> list[Field]:
    """Fields without which no row can be taken, and that no column gives."""
    return [f for f in fields if f.required and not f.default and f.name not in columns]


def samples(table: Table) -> list[list[str]]:
    """The first different values of each column, as they can be shown."""
    found: list[dict[str, None]] = [{} for _ in table.headings]
    for row in table.rows:
        for values, cell in zip(found, row.cells, strict=False):
            if len(values) < SAMPLES and not blank(cell):
                values[shown(cell, LONGEST_SAMPLE)] = None
        if all(len(values) >= SAMPLES for values in found):
            break
    return [list(values) for values in found]


def laid_out(table: Table, fields: Sequence[Field], layout: Layout) -> tuple[Table, Columns]:
    """The table as the importer reads it, with what was written anew and without what is left
    out. Columns that the file lacks and that may be empty are added at its end."""
    names = {f.name for f in fields}
    at = {name: place for name, place in layout.columns.items() if name in names}
    width = len(table.headings)
    added = [f.name for f in fields if f.required and f.default and f.name not in at]
    if layout.system and SYSTEM in names and SYSTEM not in at:
        added.append(SYSTEM)
    at |= {name: width + number for number, name in enumerate(added)}
    headings = (*table.headings, *added)
    rows = tuple(
        Row(line=row.line, cells=_cells(row, width, len(headings), at.get(SYSTEM), layout))
        for row in table.rows
        if row.line not in layout.left_out
    )
    used = set(at.values())
    unknown = tuple(
        shown(heading)
        for place, heading in enumerate(table.headings)
        if place not in used and heading.strip()
    )
    return Table(headings=headings, rows=rows), Columns(at=at, unknown=unknown)


def _cells(row: Row, width: int, whole: int, system_at: int | None, layout: Layout) -> list[Any]:
    cells: list[Cell] = list(row.cells)
    edits = layout.edits.get(row.line, {})
    if edits:
        cells = (cells + [None] * width)[:width]
        for place, text in edits.items():
            if place < width:
                cells[place] = text
    if len(cells) != width:
        if len(cells) < width or not all(blank(cell) for cell in cells[width:]):
            return cells  # another length is told as the mistake that it is
        del cells[width:]
    cells += [None] * (whole - width)
    if layout.system and system_at is not None and blank(cells[system_at]):
        cells[system_at] = layout.system
    return cells
