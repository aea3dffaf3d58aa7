"""The words of the trade as enumerations; values are stable, stored and exported."""

from enum import StrEnum


class Grade(StrEnum):
    """客户分级: A is visited most often."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class CustomerStatus(StrEnum):
    """Only active customers are planned."""

    PROSPECT = "prospect"  # 准客户
    ACTIVE = "active"
    STRUCK_OUT = "struck_out"
    BLACKLISTED = "blacklisted"


class Role(StrEnum):
    """Who asks. The operator is the person at the command line of the machine itself."""

    REP = "rep"  # 营销人员
    DISTRICT_MANAGER = "district_manager"  # 销售分公司经理
    GENERAL_MANAGER = "general_manager"  # 营销中心总经理
    OPERATOR = "operator"


class Transport(StrEnum):
    """A rep's means of transport."""

    CAR = "car"
    SCOOTER = "scooter"
    BICYCLE = "bicycle"
    FOOT = "foot"


class CoordinateSystem(StrEnum):
    """The system coordinates came in; they are stored in WGS-84."""

    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


class Purpose(StrEnum):
    """拜访目的: every planned visit bears one."""

    KEY_CARE = "key_care"  # 重点维护
    ORDER = "order"  # 订货与陈列
    ROUTINE = "routine"  # 例行拜访
    CHECK_UP = "check_up"  # 信息核实
    APPOINTMENT = "appointment"  # 预约
    PROMISE = "promise"  # 兑现承诺


class PlanState(StrEnum):
    """A cycle plan is a draft until it is published; a newer published one replaces it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


class PromiseState(StrEnum):
    """承诺: open until kept or withdrawn; being late is computed, not stored."""

    OPEN = "open"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


class VisitOutcome(StrEnum):
    """What came of going there. Closed and no-show are not valid visits."""

    MET = "met"
    ORDER_TAKEN = "order_taken"
    CLOSED = "closed"
    NOT_MET = "not_met"


class ImportKind(StrEnum):
    """The tables that come in from files."""

    CUSTOMERS = "customers"
    REPS = "reps"
    TERRITORIES = "territories"
    VISITS = "visits"
    SALES = "sales"
    APPOINTMENTS = "appointments"
    PROMISES = "promises"


class SayInDecision(StrEnum):
    """关键人: what say a person at the customer's has in buying."""

    DECIDES = "decides"
    INFLUENCES = "influences"
    USES = "uses"
    NONE = "none"
    UNKNOWN = "unknown"
