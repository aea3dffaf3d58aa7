"""Reminders: who is told what, each once, and nobody of another's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from crm.models import Approval, AuditEntry, Customer, FileVerification, Message, Promise, Rep, User
from crm.rules.access import Asker
from crm.rules.organisation import Place
from crm.store import approvals
from crm.text import N_
from crm.vocabulary import ApprovalMatter, ApprovalState, PromiseState
from field_api.services.people import reminders
from tests.field_api.world import API, NOW, REPORT, a_report

LATE = datetime(2026, 12, 2, 9, tzinfo=UTC)  # the promises of the world are due on 1 December
EVENING = datetime(2026, 11, 30, 17, tzinfo=UTC)  # 18:00 in Malta


def run(world, what, now):
    with world.database.writing(at=now) as session:
        return what(session, world.settings, now=now)


def told(world):
    """Kind and person of every message."""
    with world.database.reading() as session:
        rows = session.exec(select(Message.kind, User.username).join(User)).all()
        return sorted((kind, username) for kind, username in rows)


def test_owners_hear_of_promises_due_soon_once(world):
    assert run(world, reminders.of_promises, NOW) == 3
    assert run(world, reminders.of_promises, NOW + timedelta(hours=1)) == 0
    assert told(world) == [("promise_due_soon", f"rep{n}") for n in (1, 2, 3)]


def test_a_late_promise_is_escalated_to_the_owners_manager_once(world):
    run(world, reminders.of_promises, LATE)
    assert run(world, reminders.of_promises, LATE + timedelta(days=1)) == 0
    assert told(world) == [
        ("promise_escalated", "gozo"),
        ("promise_escalated", "malta"),
        ("promise_escalated", "malta"),
        *[("promise_late", f"rep{n}") for n in (1, 2, 3)],
    ]
    with world.database.reading() as session:
        actions = session.exec(select(AuditEntry.action)).all()
        assert actions.count("escalate") == 3
        assert all(p.escalated_at for p in session.exec(select(Promise)))


def said(world, username, lang="en"):
    """What somebody reads of their messages, the newest first."""
    found = world.client(username).get(f"{API}/my/messages", headers={"Accept-Language": lang})
    return [item["text"] for item in found.json()["items"]]


def test_a_reminder_names_what_was_promised_to_whom_and_by_whom(world):
    with world.database.writing() as session:
        promise = session.exec(select(Promise).where(Promise.code == "P1")).one()
        promise.what = "Sample sheet"
        session.get_one(Customer, promise.customer_id).name = "Corner Bakery"
        session.get_one(Rep, promise.owner_rep_id).name = "Maria Vella"
        session.exec(select(Promise).where(Promise.code == "P2")).one().owner_rep_id = None
    run(world, reminders.of_promises, LATE)
    day, date_zh = "Tue 1 Dec 2026", "2026年12月1日 周二"
    assert said(world, "rep1") == [
        f"Promise “Sample sheet” to Corner Bakery (C1) was due on {day} and is late."
    ]
    assert said(world, "rep1", "zh") == [
        f"对客户 Corner Bakery (C1) 的承诺“Sample sheet”应于 {date_zh} 兑现，现已逾期。"
    ]
    nobodys, marias = said(world, "malta")
    whose = "is late with promise “Sample sheet” to Corner Bakery (C1), due"
    assert marias == f"Maria Vella (R1) {whose} {day}."
    assert nobodys.endswith(f"due {day}, is late and nobody's.")


def test_a_late_promise_without_an_owner_is_the_managers(world):
    with world.database.writing() as session:
        session.exec(select(Promise).where(Promise.code == "P3")).one().owner_rep_id = None
    run(world, reminders.of_promises, LATE)
    assert ("promise_escalated", "gozo") in told(world)
    assert ("promise_late", "rep3") not in told(world)


def test_a_promise_moved_to_another_day_is_told_of_again(world):
    run(world, reminders.of_promises, NOW)
    with world.database.writing() as session:
        promise = session.exec(select(Promise).where(Promise.code == "P1")).one()
        promise.due = date(2026, 12, 2)
    assert run(world, reminders.of_promises, NOW) == 1


@pytest.mark.parametrize("state", [PromiseState.KEPT, PromiseState.WITHDRAWN])
def test_a_closed_promise_is_told_nobody(world, state):
    with world.database.writing() as session:
        for promise in session.exec(select(Promise)):
            promise.state = state
    assert run(world, reminders.of_promises, LATE) == 0


def test_due_is_by_the_owners_date(world):
    """Where the owner is it is already the day after the due one."""
    with world.database.writing() as session:
        for promise in session.exec(select(Promise)):
            promise.due = date(2026, 11, 30)
    before_midnight = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
    run(world, reminders.of_promises, before_midnight)
    assert {kind for kind, _ in told(world)} == {"promise_due_soon"}
    run(world, reminders.of_promises, before_midnight + timedelta(minutes=1))
    assert {kind for kind, _ in told(world)} == {
        "promise_due_soon",
        "promise_late",
        "promise_escalated",
    }


def test_missing_reports_are_asked_for_in_the_evening(world):
    assert run(world, reminders.of_reports, EVENING - timedelta(minutes=1)) == 0
    assert run(world, reminders.of_reports, EVENING) == 1
    assert run(world, reminders.of_reports, EVENING + timedelta(hours=1)) == 0
    assert told(world) == [("reports_missing", "rep1")]


def test_who_has_reported_is_not_asked(world):
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report(promises=[]))
    assert run(world, reminders.of_reports, EVENING) == 0


def test_files_to_verify_are_told_once_a_month_to_those_who_do_it(world):
    with world.database.writing() as session:
        session.exec(select(Customer).where(Customer.code == "C3")).one().verified_on = date(
            2026, 10, 1
        )
    assert run(world, reminders.of_files, NOW) == 2
    assert run(world, reminders.of_files, NOW) == 0
    assert told(world) == [("files_to_verify", "info"), ("files_to_verify", "malta")]
    assert run(world, reminders.of_files, NOW + timedelta(days=1)) == 2  # December
    next_quarter = datetime(2027, 1, 4, 9, tzinfo=UTC)
    assert run(world, reminders.of_files, next_quarter) == 3


def test_overdue_completions_go_to_director_and_general_manager(world):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        for other in session.exec(select(Customer)):
            other.verified_on = NOW.date()
        session.add(
            FileVerification(
                customer_id=customer.id,
                quarter="2026-Q4",
                verified_at=NOW,
                missing=["contact_phone"],
                complete_by=date(2026, 12, 1),
            )
        )
    assert run(world, reminders.of_files, datetime(2026, 12, 1, 9, tzinfo=UTC)) == 0
    assert run(world, reminders.of_files, LATE) == 2
    assert told(world) == [("completions_overdue", "general"), ("completions_overdue", "south")]


def ask(world, asker="rep1"):
    """A strike-out that the district's manager decides."""
    with world.database.writing(at=NOW) as session:
        user = session.exec(select(User).where(User.username == asker)).one()
        by = Asker(role=user.role, user_id=user.id, rep_id=user.rep_id)
        return approvals.ask(
            session,
            by,
            matter=ApprovalMatter.EXPORT,
            subject="e1",
            title=N_("Rep {code} has left already."),  # any text of the catalogues
            title_params={"code": "R1"},
            reason="x",
            payload={},
            place=Place(rep_id=user.rep_id),
            now=NOW,
        ).id


def test_whoever_may_decide_hears_of_it_once(world):
    ask(world)
    first = run(world, reminders.of_approvals, NOW)
    assert first >= 1
    assert run(world, reminders.of_approvals, NOW + timedelta(minutes=5)) == 0
    assert {kind for kind, _ in told(world)} == {"approval_waiting"}
    assert "rep1" not in {username for _, username in told(world)}
    item = world.client(told(world)[0][1]).get(
        f"{API}/my/messages", headers={"Accept-Language": "zh"}
    )
    assert item.json()["items"][0]["text"] == "营销人员 R1 已经离任。：等待您审批。"


def test_whoever_asked_hears_what_became_of_it(world):
    approval_id = ask(world)
    with world.database.writing(at=NOW) as session:
        approval = session.get_one(Approval, approval_id)
        approval.state, approval.closed_at = ApprovalState.REFUSED, NOW
    run(world, reminders.of_approvals, NOW + timedelta(minutes=5))
    assert told(world) == [("approval_refused", "rep1")]
    assert run(world, reminders.of_approvals, NOW + timedelta(days=3)) == 0


def test_what_waits_too_long_goes_further(world):
    ask(world)
    run(world, reminders.of_approvals, NOW)
    before = set(told(world))
    run(world, reminders.of_approvals, NOW + timedelta(days=30))
    assert set(told(world)) > before
