"""Who works where: ten territories out of whole cities and counties, and the invented reps."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Patch:
    """A territory by its places, with the customers of each. The rep is invented and lives in
    the first place."""

    code: str
    name: str
    district: str
    customers: Mapping[str, int]
    rep_code: str
    rep_name: str

    @property
    def home(self) -> str:
        """The rep's place."""
        return next(iter(self.customers))


def _patch(
    number: int, name: str, district: str, rep_name: str, customers: Mapping[str, int]
) -> Patch:
    return Patch(
        code=f"Q{number:02d}",
        name=name,
        district=district,
        customers=customers,
        rep_code=f"Y{number:02d}",
        rep_name=rep_name,
    )


REGION = ("SD", "山东大区")
DISTRICTS = {"JN": "济南分公司", "QD": "青岛分公司"}
PATCHES = (
    _patch(1, "济南长清", "JN", "王海涛", {"济南": 100, "长清": 26}),
    _patch(2, "章丘周村", "JN", "李文静", {"章丘": 60, "周村": 36}),
    _patch(3, "泰安肥城", "JN", "张志强", {"泰安": 30, "肥城": 20, "宁阳": 14}),
    _patch(4, "莱芜新泰", "JN", "刘洋", {"莱芜": 36, "新泰": 26, "东都": 12}),
    _patch(
        5,
        "淄博东部",
        "JN",
        "陈晓东",
        {"淄博": 28, "南定": 10, "博山": 16, "桓台": 12, "临淄": 12},
    ),
    _patch(6, "青岛即墨", "QD", "林小雨", {"青岛": 80, "即墨": 40}),
    _patch(7, "胶州高密", "QD", "赵明", {"胶州": 52, "高密": 38}),
    _patch(8, "黄岛诸城", "QD", "黄磊", {"黄岛": 48, "诸城": 30}),
    _patch(
        9,
        "潍坊青州",
        "QD",
        "周敏",
        {"潍坊": 56, "寒亭": 22, "安丘": 26, "寿光": 32, "青州": 28},
    ),
    _patch(10, "烟台牟平", "QD", "吴建军", {"烟台": 60, "福山": 24, "牟平": 22}),
)
