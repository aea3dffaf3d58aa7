"""营业时间 in Chinese words mean what they mean in OpenStreetMap's."""

from datetime import date

import pytest

from crm.rules.hours_in_chinese import in_syntax
from crm.rules.opening_hours import problem_with, weekly_hours

MONDAY = date(2026, 9, 14)


@pytest.mark.parametrize(
    ("chinese", "syntax"),
    [
        ("周一至周五 08:30-12:00,13:30-17:30", "Mo-Fr 08:30-12:00,13:30-17:30"),
        ("周一到周五 08：30～12：00，13：30～17：30", "Mo-Fr 08:30-12:00,13:30-17:30"),
        ("星期一、星期三 09:00-11:00；周六 休息", "Mo,We 09:00-11:00; Sa off"),
        ("礼拜天 09:00—12:00", "Su 09:00-12:00"),
        ("每天 全天", "24/7"),
        ("工作日 08:00-18:00；周末 09:00-12:00", "Mo-Fr 08:00-18:00; Sa-Su 09:00-12:00"),
    ],
)
def test_chinese_words_are_read(chinese, syntax):
    assert weekly_hours(chinese, MONDAY) == weekly_hours(syntax, MONDAY)


def test_other_texts_stay_as_they_are():
    assert in_syntax("Mo-Fr 08:00-18:00") == "Mo-Fr 08:00-18:00"


def test_what_says_nothing_is_still_told():
    assert problem_with("电话预约") is not None
