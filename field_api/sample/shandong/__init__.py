"""Shandong: a distributor of pipes with two branches and ten reps. Its customers are made up."""

from datetime import date
from pathlib import Path

from crm.vocabulary import Role
from field_api.sample.description import DemoUser, Sample, SampleName, files_in

FOLDER = Path(__file__).parent
PLACES = FOLDER / "places.csv"  # what the generator reads, with the background map

# The Friday before a call cycle that has it all: a Sunday and a Saturday made up for
# (20 September, 10 October), Mid-Autumn on 25 September and the first week of October.
SHANDONG = Sample(
    name=SampleName.SHANDONG,
    folder=FOLDER,
    files=files_in(FOLDER),
    today=date(2026, 9, 11),
    first_day=date(2026, 9, 14),
    last_day=date(2026, 10, 11),
    cycle_weeks=4,
    country="CN",
    timezone="Asia/Shanghai",
    language="zh",
    demo=Path("demo") / "shandong",
    region=("SD", "山东"),
    users=(
        DemoUser("wanghaitao", Role.REP, rep_code="Y01"),
        DemoUser("linxiaoyu", Role.REP, rep_code="Y06"),
        DemoUser("jinan", Role.DISTRICT_MANAGER, "周建国", district_code="JN"),
        DemoUser("qingdao", Role.DISTRICT_MANAGER, "孙丽华", district_code="QD"),
        DemoUser("zongjian", Role.REGIONAL_DIRECTOR, "赵明远", region_code="SD"),
        DemoUser("zongjingli", Role.GENERAL_MANAGER, "郑国栋"),
        DemoUser("xinxi", Role.INFORMATION_ADMIN, "吴静"),
    ),
)
