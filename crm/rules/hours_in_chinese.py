"""营业时间 as Chinese companies write them: 周一至周五 08:30-12:00，13:30-17:30；周六 休息."""

import re

from crm.rules.weekdays import CHINESE, NAMES

_WEEKDAY = re.compile(f"(?:周|星期|礼拜)([{CHINESE}天])")
_WORDS = (
    ("每天", "Mo-Su"),
    ("每日", "Mo-Su"),
    ("工作日", "Mo-Fr"),
    ("周末", "Sa-Su"),
    ("法定节假日", "PH"),
    ("节假日", "PH"),
    ("全天", "00:00-24:00"),
    ("24小时", "00:00-24:00"),
    ("不营业", "off"),
    ("休息", "off"),
)
_SIGNS = str.maketrans("：；，、－–—～~至到", ":;,,-------")


def in_syntax(text: str) -> str:
    """The text with its Chinese words and signs in those of OpenStreetMap; any other as it is."""
    if text.isascii():
        return text
    for word, meaning in _WORDS:
        text = text.replace(word, meaning)
    return _WEEKDAY.sub(_named, text).translate(_SIGNS)


def _named(found: re.Match[str]) -> str:
    return NAMES[CHINESE.index("日" if found[1] == "天" else found[1])]
