"""A file of the days on which reps do not work."""

from crm.spreadsheets.fields import Field
from crm.spreadsheets.fields import FieldType as T
from crm.vocabulary import DayPart, LeaveKind

LEAVE_KINDS = {k.value: k.value for k in LeaveKind} | {
    "年休假": "annual",
    "年假": "annual",
    "病假": "sick",
    "事假": "personal",
    "培训": "training",
    "其他": "other",
}
PARTS = {p.value: p.value for p in DayPart} | {
    "全天": "whole",
    "上午": "morning",
    "下午": "afternoon",
}

LEAVE = (
    Field(
        name="rep_code",
        zh="人员编码",
        type=T.CODE,
        required=True,
        longest=64,
        example="R1",
        meaning="who does not work: code of a rep imported before",
    ),
    Field(
        name="first_day",
        zh="开始日期",
        type=T.DATE,
        required=True,
        example="2026-12-21",
        meaning="first day off",
    ),
    Field(
        name="last_day",
        zh="结束日期",
        type=T.DATE,
        default="the first day",
        example="2026-12-23",
        meaning="last day off, included",
    ),
    Field(
        name="part",
        zh="时段",
        type=T.CHOICE,
        default="whole",
        choices=PARTS,
        example="whole",
        meaning="which part of each of these days",
    ),
    Field(
        name="kind",
        zh="请假类别",
        type=T.CHOICE,
        default="other",
        choices=LEAVE_KINDS,
        example="annual",
        meaning="why",
    ),
    Field(
        name="note",
        zh="备注",
        longest=500,
        example="with the family",
        meaning="what else to know",
    ),
)
