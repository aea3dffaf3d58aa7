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
    REGIONAL_DIRECTOR = "regional_director"  # 区域总监
    GENERAL_MANAGER = "general_manager"  # 营销中心总经理
    CHAIRMAN = "chairman"  # 董事长
    INFORMATION_ADMIN = "information_admin"  # 信息管理人员
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


class PlaceOrigin(StrEnum):
    """Where a customer's place comes from."""

    GIVEN = "given"  # by a file or a person
    FOUND = "found"  # by a geocoder, from the address
    MISSING = "missing"  # nobody knows it yet: the customer waits, and is not planned


class Purpose(StrEnum):
    """拜访目的: every planned visit bears one."""

    KEY_CARE = "key_care"  # 重点维护
    ORDER = "order"  # 订货与陈列
    ROUTINE = "routine"  # 例行拜访
    CHECK_UP = "check_up"  # 信息核实
    APPOINTMENT = "appointment"  # 预约
    PROMISE = "promise"  # 兑现承诺
    URGENT = "urgent"  # 紧急拜访


class DayChangeKind(StrEnum):
    """What happens to a rep's day that has begun."""

    RUNNING_LATE = "running_late"
    CUSTOMER_CLOSED = "customer_closed"
    NO_SHOW = "no_show"
    URGENT = "urgent"
    FINISH_EARLY = "finish_early"


class DayChangeState(StrEnum):
    """A day's change is in force at once, or it waits for approval and then is in force or not."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"
    WITHDRAWN = "withdrawn"


class PlanEditKind(StrEnum):
    """What a person changed in a plan by hand."""

    MOVE = "move"
    HAND_OVER = "hand_over"  # to another rep
    PIN = "pin"
    UNPIN = "unpin"
    REMEDY = "remedy"  # a visit without a place got one
    ABSENCE = "absence"  # a rep is away: colleagues stand in, or the visits are put off


class PlanState(StrEnum):
    """A cycle plan is a draft until it is sent for approval; approved, it is published, and a
    newer published one replaces it. A refused one stays as it was refused."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REPLACED = "replaced"
    REFUSED = "refused"


class WishState(StrEnum):
    """A rep's wish on a proposed plan waits until the manager takes or refuses it."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"


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
    CALENDAR = "calendar"
    LEAVE = "leave"
    POPULATION = "population"


class LeaveKind(StrEnum):
    """请假类别: why a rep does not work."""

    ANNUAL = "annual"  # 年休假
    SICK = "sick"  # 病假
    PERSONAL = "personal"  # 事假
    TRAINING = "training"  # 培训
    OTHER = "other"


class DayPart(StrEnum):
    """How much of a day a leave takes; its halves meet at lunch."""

    WHOLE = "whole"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class SayInDecision(StrEnum):
    """关键人: what say a person at the customer's has in buying."""

    DECIDES = "decides"
    INFLUENCES = "influences"
    USES = "uses"
    NONE = "none"
    UNKNOWN = "unknown"


class Attitude(StrEnum):
    """How a key person at the customer's thinks of us."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    NONE_YET = "none_yet"


class RelationKind(StrEnum):
    """关键人关系: how two people at a customer's stand to each other."""

    REPORTS_TO = "reports_to"  # 上级
    WORKS_WITH = "works_with"  # 同事
    LISTENS_TO = "listens_to"  # 听取意见
    FAMILY = "family"  # 亲属
    AT_ODDS = "at_odds"  # 不和


class BulkKind(StrEnum):
    """What can be changed of many customers at once."""

    TRADE = "trade"
    CHANNEL = "channel"
    STATUS = "status"
    REP = "rep"  # the territories that the customers lie in
    FREQUENCY = "frequency"


class SourceLevel(StrEnum):
    """Where a piece of information about a customer comes from."""

    PUBLIC = "public"
    INDUSTRY = "industry"
    CONTACT = "contact"
    INSIDER = "insider"


class FileDepth(StrEnum):
    """档案: how much of a customer's file is shown."""

    OPERATING_CARD = "operating_card"
    WORKING_COPY = "working_copy"
    CONFIDENTIAL = "confidential"


class ApprovalMatter(StrEnum):
    """What is decided through the approval mechanism."""

    PLAN = "plan"
    CUSTOMER_CORRECTION = "customer_correction"
    STRIKE_OUT = "strike_out"
    FREQUENCY = "frequency"
    FREQUENCY_TABLE = "frequency_table"
    GRADING = "grading"
    TERRITORIES = "territories"
    EXPORT = "export"
    DAY_CHANGE = "day_change"


class ApprovalState(StrEnum):
    """审批: open until every step is decided; overtaken when what it was about has changed."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


class ChangeState(StrEnum):
    """A change of territories that was approved for a later day: it waits for the day, and then
    holds, or was overtaken by what changed meanwhile."""

    WAITING = "waiting"
    DONE = "done"
    OVERTAKEN = "overtaken"


class ScenarioState(StrEnum):
    """What became of a what-if: kept, asked for (applied), or dropped."""

    KEPT = "kept"
    APPLIED = "applied"
    DROPPED = "dropped"


class DecisionKind(StrEnum):
    """What a person says to an approval; a comment decides nothing."""

    APPROVE = "approve"
    REFUSE = "refuse"
    COMMENT = "comment"


class JobState(StrEnum):
    """A job waits, runs under a lease, and ends in one of three ways."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class SessionKind(StrEnum):
    """How somebody is logged in: by tokens (programs, phones) or by a cookie (pages)."""

    API = "api"
    PAGE = "page"


class SessionEnd(StrEnum):
    """Why somebody is logged in no more."""

    LOGGED_OUT = "logged_out"
    ENDED_BY_OWNER = "ended_by_owner"  # from another device
    ENDED_BY_MANAGER = "ended_by_manager"  # a lost phone
    TOKEN_REUSED = "token_reused"  # noqa: S105
    NEW_LOGIN = "new_login"  # in the same browser
    NEW_PASSWORD = "new_password"  # noqa: S105
    ACCOUNT_CLOSED = "account_closed"


class ReviewVerdict(StrEnum):
    """What a manager says to a visit report."""

    SEEN = "seen"
    SENT_BACK = "sent_back"


class Reviewed(StrEnum):
    """Whether a manager has said something to the newest version of a report."""

    YES = "yes"
    NO = "no"
    SENT_BACK = "sent_back"  # said, and a correction is awaited


class ReportFlag(StrEnum):
    """What to know of a visit report; nothing is refused for any of it."""

    PLAN_REPLACED = "plan_replaced"  # another plan had taken the place of the one it refers to
    PLAN_UNKNOWN = "plan_unknown"  # refers to a plan that the rep never had
    ON_ANOTHER_DAY = "on_another_day"  # the plan in force has this visit on another day
    NOT_IN_PLAN = "not_in_plan"  # the plan in force has no such visit
    CUSTOMER_NOT_ACTIVE = "customer_not_active"  # struck out or blacklisted meanwhile
    CUSTOMER_HANDED_OVER = "customer_handed_over"  # another rep's meanwhile
    FAR_ON_LEAVING = "far_on_leaving"
    FORM_INCOMPLETE = "form_incomplete"  # the trade's form asks for more, or otherwise
    PLACE_DOUBTFUL = "place_doubtful"  # the position mirrored would be at the customer's place


class ExportKind(StrEnum):
    """The tables that may be taken out of the house."""

    CUSTOMERS = "customers"
    VISIT_REPORTS = "visit_reports"
    PROMISES = "promises"
    PLANS = "plans"
    REGION_YEARS = "region_years"


class ChannelKind(StrEnum):
    """Ways by which a message leaves the product."""

    EMAIL = "email"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    SLACK = "slack"


class DeliveryState(StrEnum):
    """A message on its way out of the product."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
