"""Names of weekdays, English and Chinese, singly and in ranges; Monday is 0."""

import re

NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
CHINESE = "一二三四五六日"
_NUMBER = (
    {name.lower(): n for n, name in enumerate(NAMES)}
    | {
        name: n
        for n, name in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
    }
    | {name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
    | {f"{prefix}{d}": n for prefix in ("周", "星期", "礼拜") for n, d in enumerate(CHINESE)}
    | {f"{prefix}天": 6 for prefix in ("周", "星期", "礼拜")}
)
_RANGE = re.compile(r"\s*[-–—~至到]\s*")


def read_weekdays(text: str) -> tuple[int, ...] | None:
    """The weekdays of `Mo-Fr`, `Mo,We,Fr`, `周一至周五`, in order; None when it names none.

    A range may run over the week's end: `Sa-Mo` is Saturday, Sunday and Monday.
    """
    found: set[int] = set()
    for part in re.split(r"[,，、]", text):
        ends = [_NUMBER.get(name.strip().lower()) for name in _RANGE.split(part)]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or first is None or last is None:
            return None
        found |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    return tuple(sorted(found))
