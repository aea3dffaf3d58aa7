"""Invented appointments and promises."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from field_api.sample.dice import dice
from field_api.sample.shandong import SHANDONG, particulars
from field_api.sample.shandong.customers import Customer
from field_api.sample.shandong.facts import Facts
from field_api.sample.shandong.patches import PATCHES
from field_api.sample.shandong.trades import BUILDING, CLEANING, MINING, WATER
from field_api.sample.tables import Row

# Date, time, minutes, channel, note. The 20th is a Sunday that is worked.
BOOKED = (
    (date(2026, 9, 14), "10:00", 60, WATER, "年度框架协议洽谈"),
    (date(2026, 9, 15), "14:30", 45, BUILDING, "管材到货验收"),
    (date(2026, 9, 16), "09:30", 60, MINING, "耐磨管试用情况回访"),
    (date(2026, 9, 17), "15:00", 30, CLEANING, "报价沟通"),
    (date(2026, 9, 20), "10:00", 45, BUILDING, "调休上班日：施工例会"),
    (date(2026, 9, 22), "09:00", 60, WATER, "旧管网改造方案"),
    (date(2026, 9, 24), "10:30", 45, MINING, "安全资质审核"),
    (date(2026, 9, 29), "14:00", 60, WATER, "节前供货安排"),
    (date(2026, 10, 9), "10:00", 45, CLEANING, "四季度需求计划"),
    (date(2026, 10, 10), "14:30", 30, BUILDING, "调休上班日：对账"),
)
# What, to whom, days from today until due, days since it was made, channel.
PROMISED = (
    ("补发缺少的管件", "仓库主管", -6, 18, BUILDING),
    ("更换一批开裂的波纹管", "项目经理", -2, 12, CLEANING),
    ("寄送耐磨管检测报告", "机电科长", 4, 6, MINING),
    ("提供新规格的报价单", "采购经理", 5, 3, WATER),
    ("安排热熔焊接培训", "施工队长", 7, 9, BUILDING),
    ("答复延长账期的申请", "财务主任", 11, 4, BUILDING),
    ("送三套样管到工地", "项目经理", 12, 10, WATER),
    ("提供涉水卫生许可批件", "质检科长", 14, 5, WATER),
    ("现场测量并出管线图", "总工程师", 17, 8, CLEANING),
    ("补开增值税专用发票", "财务主任", 18, 7, MINING),
    ("国庆后首批到货时间确认", "采购经理", 26, 2, WATER),
    ("旧管回收方案", "后勤部长", 28, 3, CLEANING),
)


def appointments(facts: Facts, last_visits: Mapping[str, date]) -> Iterator[Row]:
    """Booked visits with customers of the better grades about the day when they are due, each in
    another rep's territory than the one before."""
    for number, (day, time, minutes, channel, note) in enumerate(BOOKED):
        due = [
            one
            for one in _free(facts, channel)
            if facts.grades[one.code] in "ABC"
            and any(
                visit.earliest <= day <= visit.latest
                for visit in facts.due_visits(one.code, last_visits.get(one.code))
            )
        ]
        yield {
            "预约编码": f"YY{number + 1:03d}",
            "客户编码": _of_next_rep(due, number, "appointment").code,
            "预约日期": f"{day.year}/{day.month}/{day.day}",
            "预约时间": time,
            "时长": minutes,
            "备注": note,
        }


def promises(facts: Facts, *, taken: Collection[object]) -> Iterator[Row]:
    """What was promised and is still open, two of them late already; `taken` are the codes of
    customers that have an appointment."""
    for number, (what, to_whom, days, since, channel) in enumerate(PROMISED):
        free = [one for one in _free(facts, channel) if one.code not in taken]
        customer = _of_next_rep(free, number, "promise")
        due, made_on = (SHANDONG.today + timedelta(days=n) for n in (days, -since))
        yield {
            "承诺编码": f"CN{number + 1:03d}",
            "客户编码": customer.code,
            "承诺内容": what,
            "到期日": f"{due.year}年{due.month}月{due.day}日",
            "负责人编码": customer.patch.rep_code,
            "承诺对象": to_whom,
            "承诺日期": f"{made_on.year}年{made_on.month}月{made_on.day}日",
        }


def _of_next_rep(customers: list[Customer], number: int, concern: str) -> Customer:
    """One of the customers of the rep whose turn it is, or of the next who has any."""
    turns = [PATCHES[(number + n) % len(PATCHES)].rep_code for n in range(len(PATCHES))]
    by_rep = [[one for one in customers if one.patch.rep_code == turn] for turn in turns]
    return dice(concern, f"shandong/{number}").choice(next(few for few in by_rep if few))


def _free(facts: Facts, channel: str) -> list[Customer]:
    """Customers of a channel that nothing keeps from receiving a visit at any time."""
    return [
        one
        for one in facts.active
        if one.trade.channel == channel
        and not particulars.opening_hours(one)
        and not particulars.unfit_times(one)
    ]
