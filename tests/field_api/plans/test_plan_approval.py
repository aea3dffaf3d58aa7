"""A plan on its way: draft, proposed, confirmed, approved, and only then in force."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from crm.models import (
    Appointment,
    Approval,
    AuditEntry,
    Customer,
    CyclePlan,
    Promise,
    Rep,
    Territory,
)
from crm.rules.access import OPERATOR
from crm.rules.procedures import Step
from crm.store.approvals import procedures
from crm.vocabulary import ApprovalMatter, CustomerStatus, PlanState, Role
from field_api.services.pages import cursor
from field_api.services.planning import CycleRequest, Effort, plan_cycle
from tests.builders import VALLETTA, a_customer
from tests.field_api.approvals import NEXT, a_draft, decide, rows
from tests.field_api.world import API, MONDAY, NOW

URL = f"{API}/plans"
IN_FORCE = 1  # the world's published plan, from Monday to the day before NEXT
DRAFT = 7
A_WEEK_ON = MONDAY + timedelta(days=7)


@pytest.fixture
def draft(world):
    """A draft of R1's next cycle."""
    make(world)
    return world


def make(world, number=DRAFT, **changes):
    with world.database.writing(at=NOW) as session:
        a_draft(session, number, **changes)


def submit(world, number=DRAFT, who="malta", **body):
    return world.client(who).post(f"{URL}/{number}/submit", json=body)


def proposed(world, number=DRAFT, **body):
    """The address of the approval of a plan that is sent for it."""
    answer = submit(world, number, **body)
    assert answer.status_code == 200, answer.text
    return f"{API}/approvals/{answer.json()['approval_id']}"


def states(world):
    return {plan.id: plan.state.value for plan in rows(world, CyclePlan)}


def shown(world, number=DRAFT, who="malta"):
    return world.client(who).get(f"{URL}/{number}").json()


def change(world, table, code, **values):
    with world.database.writing(at=NOW) as session:
        row = session.exec(select(table).where(table.code == code)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_the_rep_confirms_with_wishes_and_the_manager_approves(draft):
    assert draft.client("rep1").get(f"{URL}/{DRAFT}").status_code == 404
    approval = proposed(draft, reason="New year")
    told = shown(draft, who="rep1")
    assert (told["state"], told["approval_id"]) == ("proposed", approval.rsplit("/", 1)[1])
    wish = {"planned_visit_id": "C1/1", "wish": "another_day", "text": "Away on Mondays"}
    story = decide(draft, "rep1", approval, comment="But", details=[wish]).json()
    assert (story["state"], story["waits_for"]) == ("open", ["district_manager"])
    assert story["title"] == "Plan of Rep R1 (R1) from Mon 28 Dec 2026 to Sun 24 Jan 2027"
    assert states(draft) == {IN_FORCE: "published", DRAFT: "proposed"}
    story = decide(draft, "malta", approval).json()
    assert story["outcome"] == {"plan_id": DRAFT, "in_place_of": []}
    assert story["decisions"][0]["details"] == [wish]
    assert states(draft) == {IN_FORCE: "published", DRAFT: "published"}
    day = draft.client("rep1").get(f"{API}/my/days/{NEXT}").json()
    assert [stop["planned_visit_id"] for stop in day["stops"]] == ["C1/1"]
    assert shown(draft)["published_at"] == NOW.isoformat().replace("+00:00", "Z")


def test_a_plan_is_sent_packed_and_once_to_the_phone_that_has_it(draft):
    client, url = draft.client("malta"), f"{URL}/{DRAFT}"
    packed = client.get(url, headers={"accept-encoding": "gzip"})
    plain = client.get(url, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    known = {"if-none-match": packed.headers["etag"]}
    assert client.get(url, headers=known).status_code == 304


def test_who_published_is_in_the_trail(draft):
    decide(draft, "malta", proposed(draft))
    entries = [(e.action, e.actor) for e in rows(draft, AuditEntry) if e.noun == "plan"]
    assert entries == [("draft", "operator"), ("publish", "Malta")]


def test_a_wish_on_a_visit_of_another_plan_is_refused(draft):
    wish = {"planned_visit_id": "C9/1", "wish": "later"}
    answer = decide(draft, "rep1", proposed(draft), details=[wish])
    assert answer.status_code == 422


def test_the_old_plan_ends_only_with_the_approval(world):
    make(world, first_day=A_WEEK_ON)
    approval = proposed(world)
    against = shown(world)["against_published"]
    assert against["plan_ids"] == [IN_FORCE]
    assert [move["after"] for move in against["added"]] == ["2026-12-07"]
    assert decide(world, "general", approval).json()["outcome"]["in_place_of"] == [IN_FORCE]
    plans = {plan.id: plan for plan in rows(world, CyclePlan)}
    assert plans[IN_FORCE].last_day == A_WEEK_ON - timedelta(days=1)
    assert shown(world)["against_published"] is None


def test_it_is_told_against_the_plan_in_force(world):
    """The world's plan has its one visit on Monday; tomorrow the plan in force begins anew."""
    make(world, number=8, state=PlanState.PUBLISHED, first_day=A_WEEK_ON)
    make(world, number=9, first_day=A_WEEK_ON + timedelta(days=1))
    against = shown(world, 9)["against_published"]
    assert against["plan_ids"] == [8]
    assert (len(against["added"]), against["moved"], against["dropped"]) == (1, [], [])
    make(world, number=10, first_day=A_WEEK_ON - timedelta(days=1))
    (moved,) = shown(world, 10)["against_published"]["moved"]
    assert (moved["before"], moved["after"]) == ("2026-12-07", "2026-12-06")


def test_the_rep_refuses_a_plan_and_the_desk_says_why(draft):
    approval = proposed(draft)
    without = draft.client("rep1").post(f"{approval}/decisions", json={"kind": "refuse"})
    assert without.status_code == 422
    decide(draft, "rep1", approval, "refuse", comment="Mondays are <full>")
    assert states(draft) == {IN_FORCE: "published", DRAFT: "refused"}
    page = draft.client("malta").get("/desk/plans/R1", params={"plan": DRAFT}).text
    assert "Mondays are &lt;full&gt;" in page
    assert "Send it again" in page


@pytest.fixture
def sent_back(draft):
    """The draft, confirmed by the rep and refused by the manager."""
    approval = proposed(draft, reason="New year")
    decide(draft, "rep1", approval)
    decide(draft, "malta", approval, "refuse", comment="Too many Mondays")
    assert states(draft) == {IN_FORCE: "published", DRAFT: "refused"}
    return draft


def test_a_plan_that_was_sent_back_is_sent_again_with_what_was_said(sent_back):
    sent_back.now = NOW + timedelta(hours=1)
    approval = proposed(sent_back, reason="Fewer Mondays")
    assert states(sent_back)[DRAFT] == "proposed"
    for who in ("rep1", "malta"):
        story = sent_back.client(who).get(approval).json()
        (before,) = story["earlier"]
        assert (before["state"], before["reason"]) == ("refused", "New year")
        assert [(said["by"], said["comment"]) for said in before["decisions"]] == [
            ("Rep1", ""),
            ("Malta", "Too many Mondays"),
        ]
        assert (story["reason"], story["decisions"]) == ("Fewer Mondays", [])
    number = approval.rsplit("/", 1)[1]
    for page in (f"/desk/plans/R1?plan={DRAFT}", f"/desk/decisions/{number}"):
        assert "Too many Mondays" in sent_back.client("malta").get(page).text
    decide(sent_back, "rep1", approval)
    story = decide(sent_back, "malta", approval).json()
    assert (story["outcome"]["plan_id"], len(story["earlier"])) == (DRAFT, 1)
    assert states(sent_back)[DRAFT] == "published"
    assert "Too many Mondays" in sent_back.client("malta").get(f"/desk/plans/R1?plan={DRAFT}").text


def test_the_first_round_knows_of_no_other(sent_back):
    (first,) = rows(sent_back, Approval)
    sent_back.now = NOW + timedelta(hours=1)
    proposed(sent_back)
    assert sent_back.client("malta").get(f"{API}/approvals/{first.id}").json()["earlier"] == []


@pytest.mark.parametrize("sent", [False, True], ids=["a draft", "one that waits"])
def test_it_is_not_sent_again_where_another_is_on_its_way(sent_back, sent):
    make(sent_back, DRAFT + 1)
    if sent:
        proposed(sent_back, DRAFT + 1)
    before = states(sent_back)
    answer = submit(sent_back)
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_overtaken")
    assert f"plan {DRAFT + 1}" in answer.json()["detail"]
    assert states(sent_back) == before
    page = sent_back.client("malta").get(f"/desk/plans/R1?plan={DRAFT}").text
    assert "another plan of the same days is on its way" in page
    assert (f'href="/desk/plans/R1?plan={DRAFT + 1}"' in page, "Send it again" in page) == (
        True,
        False,
    )


def test_an_older_draft_does_not_stand_in_its_way(sent_back):
    make(sent_back, DRAFT - 1)
    assert submit(sent_back).status_code == 200


def test_an_older_one_that_waits_does(sent_back):
    make(sent_back, DRAFT - 1)
    proposed(sent_back, DRAFT - 1)
    assert submit(sent_back).json()["code"] == "plan_overtaken"


def test_a_refused_change_of_a_day_is_not_sent_as_a_plan(world):
    make(world, state=PlanState.REFUSED, changes_plan_id=IN_FORCE)
    assert submit(world).json()["code"] == "plan_not_a_draft"


def test_a_plan_taken_back_is_a_draft_again(draft):
    approval = proposed(draft)
    assert draft.client("malta").post(f"{approval}/withdraw", json={}).status_code == 200
    assert states(draft)[DRAFT] == "draft"
    assert proposed(draft) != approval


def test_sent_twice_it_waits_once(draft):
    assert proposed(draft) == proposed(draft)


def test_a_newer_plan_of_the_days_overtakes_the_older_one(draft):
    older = proposed(draft)
    make(draft, number=9, first_day=NEXT + timedelta(days=7))
    proposed(draft, 9)
    story = draft.client("malta").get(older).json()
    assert (story["state"], story["message"]) == (
        "overtaken",
        "Plan 9 was proposed for the same days.",
    )
    assert states(draft) == {IN_FORCE: "published", DRAFT: "draft", 9: "proposed"}
    answer = decide(draft, "malta", older)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_decided")


def test_a_proposal_that_nobody_was_asked_about_is_a_draft_again(draft):
    make(draft, number=9, state=PlanState.PROPOSED)
    proposed(draft)
    assert states(draft) == {IN_FORCE: "published", DRAFT: "proposed", 9: "draft"}


def test_plans_of_other_days_and_reps_wait_side_by_side(draft):
    proposed(draft)
    make(draft, number=9, first_day=NEXT + timedelta(days=28), last_day=NEXT + timedelta(days=40))
    make(draft, number=10, rep="R2")
    proposed(draft, 9)
    proposed(draft, 10)
    assert [states(draft)[number] for number in (DRAFT, 9, 10)] == ["proposed"] * 3


def overtaken(world, why):
    """The obstacle is said before the decision, and the approval ends with it."""
    (approval,) = [
        item
        for item in world.client("malta").get(f"{API}/approvals").json()["items"]
        if item["state"] == "open"
    ]
    address = f"{API}/approvals/{approval['id']}"
    story = world.client("malta").get(address).json()
    assert why in story["doubts"][0]
    assert why in shown(world)["doubts"][0]
    answer = decide(world, "malta", address)
    assert (answer.status_code, answer.json()["code"]) == (409, "overtaken")
    assert why in answer.json()["detail"]
    assert states(world)[DRAFT] == "draft"
    again = submit(world)
    assert (again.status_code, again.json()["code"]) == (409, "plan_overtaken")


def test_a_customer_struck_out_meanwhile_overtakes_it(draft):
    proposed(draft)
    change(draft, Customer, "C1", status=CustomerStatus.STRUCK_OUT)
    overtaken(draft, "active no more: C1")


def test_another_plan_published_meanwhile_overtakes_it(draft):
    proposed(draft)
    make(draft, number=9, state=PlanState.PUBLISHED)
    overtaken(draft, "Plan 9 of these days was published")


def test_an_older_draft_published_later_overtakes_it_too(draft):
    make(draft, number=6, created_at=NOW - timedelta(hours=1))
    proposed(draft)
    with draft.database.writing() as session:
        older = session.get(CyclePlan, 6)
        older.state, older.published_at = PlanState.PUBLISHED, NOW + timedelta(seconds=1)
    overtaken(draft, "Plan 6 of these days was published")


def test_a_rep_who_left_overtakes_it(draft):
    proposed(draft)
    change(draft, Rep, "R1", active=False)
    overtaken(draft, "The rep has left")


def test_a_plan_whose_days_are_over_is_overtaken(world):
    make(world, first_day=date(2026, 11, 2), last_day=date(2026, 11, 29), number=DRAFT)
    answer = submit(world)
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_overtaken")
    assert "Sun 29 Nov 2026" in answer.json()["detail"]


def test_days_that_are_being_worked_stay_as_they_are(world):
    make(world, first_day=MONDAY)
    answer = submit(world)
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_overtaken")
    assert "being worked" in answer.json()["detail"]


def test_a_plan_that_is_no_longer_proposed_is_not_published(draft):
    approval = proposed(draft)
    with draft.database.writing() as session:
        session.get(CyclePlan, DRAFT).state = PlanState.REPLACED
    answer = decide(draft, "malta", approval)
    assert answer.json()["detail"] == "Plan 7 is replaced by now, no longer proposed."
    assert states(draft)[DRAFT] == "replaced"


def test_a_published_plan_is_not_sent_for_approval(world):
    answer = submit(world, IN_FORCE)
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_not_a_draft")


def test_a_lead_time_holds_but_for_a_special_case(draft):
    with draft.database.writing() as session:
        ahead = (Step(decides=Role.DISTRICT_MANAGER, lead_hours=24 * 60),)
        procedures.keep(session, ApprovalMatter.PLAN, ahead, reason="")
    answer = submit(draft)
    assert (answer.status_code, answer.json()["code"]) == (422, "asked_too_late")
    told = answer.json()["detail"]
    assert told.startswith("This had to be asked for by Thu 29 Oct 2026 00:00. A special case")
    assert states(draft)[DRAFT] == "draft"
    approval = proposed(draft, special_case=True, reason="By telephone")
    assert draft.client("malta").get(approval).json()["special_case"]


@pytest.fixture
def planned(world):
    """R1 with a real draft: ten customers, one never open, a promise to another."""
    with world.database.writing(at=NOW) as session:
        territory = session.exec(select(Territory).where(Territory.code == "T1")).one()
        for number in range(10):
            near = (VALLETTA[0] + number / 1000, VALLETTA[1])
            hours = "Mo-Su 22:00-23:00" if number == 0 else ""
            values = {"territory_id": territory.id, "opening_hours": hours}
            session.add(a_customer(f"N{number}", near, grade="A", **values))
        session.flush()
        shut = session.exec(select(Customer).where(Customer.code == "N0")).one()
        owed = {"customer_id": shut.id, "what": "x", "made_on": MONDAY}
        session.add(Promise(code="NEVER", due=NEXT + timedelta(days=3), **owed))
    request = CycleRequest(first_day=NEXT, weeks=1, rep_codes=("R1",), publish=False)
    plan_cycle(world.database, OPERATOR, request, effort=Effort(work=5))
    return world


def number_of(world, state="draft"):
    (plan,) = world.client("malta").get(URL, params={"state": state}).json()["items"]
    return plan["plan_id"]


def test_a_real_draft_day_by_day(planned):
    plan = shown(planned, number_of(planned))
    assert (plan["state"], plan["rep_code"], plan["published_at"]) == ("draft", "R1", None)
    stops = [stop for day in plan["days"] for stop in day["stops"]]
    assert len(stops) == plan["figures"]["planned"] > 5
    assert all(
        stop["arrive"] == f"{stop['arrive_s'] // 3600:02}:{stop['arrive_s'] % 3600 // 60:02}"
        for stop in stops
    )
    assert [stop["position"] for stop in plan["days"][0]["stops"]][:2] == [1, 2]
    assert "N0" in {missed["customer_code"] for missed in plan["unserved"]}
    assert len(plan["against_published"]["added"]) == len(stops)
    assert any("Promise NEVER" in doubt for doubt in plan["doubts"])


def test_commitments_without_a_place_are_told_before_it_is_approved(planned):
    number = number_of(planned)
    told = planned.client("malta").get(proposed(planned, number)).json()
    assert any("Promise NEVER" in doubt for doubt in told["doubts"])


def test_what_was_learnt_since_is_told(planned):
    number = number_of(planned)
    before = shown(planned, number)["doubts"]
    with planned.database.writing(at=NOW) as session:
        territory = session.exec(select(Territory).where(Territory.code == "T1")).one()
        known = session.exec(select(Customer).where(Customer.code == "N1")).one()
        session.add_all(
            a_customer(f"M{n}", VALLETTA, grade="A", territory_id=territory.id) for n in range(7)
        )
        session.add(a_customer("RARE", VALLETTA, grade="E", territory_id=territory.id))
        day = NEXT + timedelta(days=2)
        owed = {"customer_id": known.id, "what": "x", "made_on": MONDAY}
        session.add(Promise(code="NEW", due=day, **owed))
        session.add(Promise(code="EARLY", due=NEXT - timedelta(days=3), **owed))
        booked = {"customer_id": known.id, "begin_s": 36000, "minutes": 30}
        session.add(Appointment(code="BOOKED", date=day, **booked))
        session.add(Appointment(code="OFF", date=day, cancelled=True, **booked))
    change(planned, Customer, "N2", territory_id=None)
    told = [doubt for doubt in shown(planned, number)["doubts"] if doubt not in before]
    assert told == [
        "It visits customers who lie in no territory of the rep's now: N2.",
        "It leaves out customers who are due in this time by now: M0, M1, M2, M3, M4, ….",
        "Promises made since are not in it: NEW.",
        "Appointments booked since are not in it: BOOKED.",
    ]
    decide(planned, "malta", proposed(planned, number))
    approved = planned.client("malta").get(f"{URL}/{number}").json()
    assert (approved["state"], approved["doubts"]) == ("published", [])


def test_days_gone_by_are_told(world):
    """No plan is in force in them, so the rest may still be approved."""
    make(world, rep="R2", first_day=MONDAY - timedelta(days=7), last_day=NEXT)
    approval = proposed(world)
    gone_by = "Its days before Mon 30 Nov 2026 have gone by; their visits are missed."
    assert shown(world)["doubts"][0] == gone_by
    assert decide(world, "malta", approval).json()["state"] == "approved"


def test_a_cycle_sent_for_approval_at_once(planned):
    request = CycleRequest(
        first_day=NEXT + timedelta(days=7),
        weeks=1,
        rep_codes=("R1",),
        propose=True,
        zone="Europe/Malta",
    )
    plan_cycle(planned.database, OPERATOR, request, effort=Effort(work=5))
    number = number_of(planned, "proposed")
    story = planned.client("malta").get(f"{API}/approvals/{shown(planned, number)['approval_id']}")
    assert (story.json()["asked_by"], story.json()["waits_for"]) == ("", ["rep"])
    assert story.json()["payload"]["zone"] == "Europe/Malta"


def test_lists_are_of_ones_own_reps_and_come_in_parts(world):
    for number, rep in enumerate(("R1", "R2", "R3"), start=7):
        make(world, number=number, rep=rep)

    def seen(who, **params):
        items = world.client(who).get(URL, params=params).json()["items"]
        return [item["plan_id"] for item in items]

    assert seen("malta") == [8, 7, IN_FORCE]
    assert seen("north") == [9]
    assert seen("rep1") == [IN_FORCE]
    assert seen("info") == []
    assert seen("general", state="draft") == [9, 8, 7]
    assert seen("general", rep_code="R2") == [8]
    assert seen("general", since=str(NEXT)) == [9, 8, 7]
    answer = world.client("gozo").get(URL, params={"rep_code": "R1"})
    assert (answer.status_code, answer.json()["code"]) == (404, "rep_not_found")
    first = world.client("general").get(URL, params={"limit": 3}).json()
    rest = world.client("general").get(URL, params={"cursor": first["next_cursor"]}).json()
    assert [item["plan_id"] for item in rest["items"]] == [IN_FORCE]
    assert rest["next_cursor"] is None
    for place in (2**70, -1, "x"):
        wrong = world.client("general").get(URL, params={"cursor": cursor("", place)})
        assert wrong.status_code == 422
    for number in (0, 2**31, 99):
        assert world.client("general").get(f"{URL}/{number}").status_code in (404, 422)
