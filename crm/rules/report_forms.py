"""拜访准备 and the report's further fields: lines to tick off before a visit, what is asked of each
trade, and whether a report answers it. The shipped set is H2's list of what a rep takes along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm.vocabulary import Purpose

ANY = "any"  # the form of trades without one of their own
YES_NO = ("yes", "no")


class FieldKind(StrEnum):
    """How a field of a report is answered."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True, kw_only=True)
class Label:
    """A code for programs with its words in both languages."""

    code: str
    en: str
    zh: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something to have or to know before a visit; for some purposes, or for all."""

    label: Label
    purposes: tuple[Purpose, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Extra:
    """A further field of the report; `choices` are for the kind that has them."""

    label: Label
    kind: FieldKind
    choices: tuple[Label, ...] = ()
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a trade's visits are prepared with and asked about."""

    checklist: tuple[Line, ...]
    fields: tuple[Extra, ...]


def _line(code: str, en: str, zh: str, *purposes: Purpose) -> Line:
    return Line(label=Label(code=code, en=en, zh=zh), purposes=purposes)


DEFAULT = Form(
    checklist=(
        _line("cards", "Business cards", "名片"),
        _line("brochures", "Company brochures", "公司宣传册"),
        _line("notebook", "Notebook and pen", "笔记本和笔"),
        _line("customer_sheet", "Customer information sheet", "客户信息表"),
        _line("promotions", "This month's promotions known", "了解本月促销活动"),
        _line("publicity", "Publicity items", "宣传品", Purpose.KEY_CARE, Purpose.ORDER),
        _line("gifts", "Gifts", "礼品", Purpose.KEY_CARE),
        _line("order_forms", "Order and record forms", "订单和记录表", Purpose.ORDER),
        _line("promised", "What was promised is with me", "已带上承诺的物品", Purpose.PROMISE),
        _line("agenda", "What the appointment is about", "明确预约事项", Purpose.APPOINTMENT),
    ),
    fields=(
        Extra(
            label=Label(code="stock", en="Our goods in stock", zh="我方货品库存"),
            kind=FieldKind.CHOICE,
            choices=(
                Label(code="enough", en="enough", zh="充足"),
                Label(code="low", en="running low", zh="偏少"),
                Label(code="none", en="none", zh="缺货"),
            ),
        ),
        Extra(
            label=Label(code="display", en="Display as agreed", zh="陈列符合约定"),
            kind=FieldKind.YES_NO,
        ),
    ),
)


def faults_of(given: Mapping[str, str], fields: Sequence[Extra]) -> list[str]:
    """The codes of fields that a report leaves open or answers otherwise than they ask; what the
    form does not know is no fault, for forms change while phones are offline."""
    return [field.label.code for field in fields if not _answered(given, field)]


def _answered(given: Mapping[str, str], field: Extra) -> bool:
    value = given.get(field.label.code, "").strip()
    if not value:
        return not field.required
    match field.kind:
        case FieldKind.NUMBER:
            return _is_number(value)
        case FieldKind.YES_NO:
            return value in YES_NO
        case FieldKind.CHOICE:
            return value in {choice.code for choice in field.choices}
    return True


def _is_number(value: str) -> bool:
    try:
        return abs(float(value)) < float("inf")
    except ValueError:
        return False
