"""What changed on a day since it was looked at, cheap pulls, and days in a row."""

from datetime import timedelta

from sqlmodel import col, delete, select

from crm.models import Customer, CyclePlan, KeyPerson, PlannedVisit, UnservedVisit
from crm.vocabulary import SayInDecision
from tests.field_api.day_world import done, plan, stops
from tests.field_api.world import API, MONDAY, NOW

MY = f"{API}/my/days/{MONDAY}"
WEEK = f"{API}/my/days?from={MONDAY}"


def published_earlier(world) -> None:
    """The plan is in force since the week before."""
    plan(world)
    with world.database.writing() as session:
        session.exec(select(CyclePlan)).one().published_at = NOW - timedelta(days=7)


def news(world, day=MONDAY, **asked) -> list[dict]:
    answer = world.client("rep1").get(f"{API}/my/days/{day}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["changes"]


def test_nothing_is_news_while_the_plan_stays(world):
    published_earlier(world)
    assert news(world) == []


def test_a_first_plan_is_no_news(world):
    plan(world)
    assert news(world) == []


def test_what_was_put_off_is_told_on_both_days(world):
    published_earlier(world)
    first = stops(world)[0]
    made = done(world, "customer_closed", planned_visit_id=first["planned_visit_id"])
    (moved,) = [change for change in made["changes"] if change["what"] == "put_off"]
    (away,) = news(world)
    assert (away["what"], away["why"]) == ("moved_away", "plan")
    assert (away["before"], away["after"]) == (str(MONDAY), moved["to_date"])
    assert away["because"] == "The customer was closed."
    (here,) = news(world, moved["to_date"])
    assert (here["what"], here["before"]) == ("moved_here", str(MONDAY))
    assert here["customer_code"] == first["customer"]["code"]
    assert "Mon 30 Nov" in here["text"]


def test_an_urgent_visit_is_new(world):
    published_earlier(world)
    done(world, "urgent", customer_code="C1")
    (new,) = news(world)
    assert (new["what"], new["why"], new["before"]) == ("new", "urgent", None)


def test_who_is_out_of_the_plan_is_told_with_the_reason(world):
    published_earlier(world)
    first, second, third, *_ = (stop["customer"]["code"] for stop in stops(world))
    made = done(world, "urgent", customer_code="C1")
    with world.database.writing() as session:
        ids = {c.code: c.id for c in session.exec(select(Customer))}
        gone = col(PlannedVisit.customer_id).in_([ids[first], ids[second], ids[third]])
        now = PlannedVisit.plan_id == made["plan_id"]
        session.exec(delete(PlannedVisit).where(gone, now))
        session.exec(select(Customer).where(Customer.code == second)).one().status = "struck_out"
        lost = {"visit_id": "x", "code": "hours_short", "rule": "hours"}
        session.add(UnservedVisit(plan_id=made["plan_id"], customer_id=ids[third], **lost))
    why = {n["customer_code"]: (n["what"], n["why"], n["text"]) for n in news(world)}
    assert why[first][:2] == ("dropped", "plan")
    assert why[second][:2] == ("dropped", "customer_not_active")
    assert why[third][:2] == ("dropped", "no_place")
    assert "hours" in why[third][2]


def test_news_since_what_was_seen_last(world):
    published_earlier(world)
    done(world, "urgent", customer_code="C1")
    assert news(world, since=(NOW + timedelta(minutes=1)).isoformat()) == []
    assert len(news(world, since=(NOW - timedelta(days=1)).isoformat())) == 1


def test_a_day_that_is_known_is_not_sent_again(world):
    published_earlier(world)
    client = world.client("rep1")
    for address in (MY, WEEK):
        first = client.get(address)
        tag = first.headers["etag"]
        assert tag.startswith('"')
        again = client.get(address, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    done(world, "urgent", customer_code="C1")
    assert client.get(MY, headers={"If-None-Match": tag}).status_code == 200


def test_a_week_is_its_days(world):
    published_earlier(world)
    client = world.client("rep1")
    week = client.get(WEEK).json()
    assert [day["date"] for day in week["days"]] == [
        str(MONDAY + timedelta(days=n)) for n in range(7)
    ]
    for day in week["days"]:
        assert client.get(f"{API}/my/days/{day['date']}").json() == day
    assert len(client.get(f"{WEEK}&days=1").json()["days"]) == 1
    assert client.get(f"{WEEK}&days=15").status_code == 422


def test_whom_to_ask_for_and_no_more(world):
    published_earlier(world)
    first = stops(world)[0]["customer"]["code"]
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == first)).one()
        customer.trade = "bakery"
        common = {"customer_id": customer.id, "notes": "confides in us", "phone": "1"}
        for name, rank, more in (
            ("Second", 2, {"say": SayInDecision.USES}),
            ("First", 1, {"say": SayInDecision.DECIDES, "post": "owner"}),
            ("Gone", 1, {"removed": True}),
        ):
            session.add(KeyPerson(name=name, rank=rank, **common, **more))
    stop = stops(world)[0]
    assert stop["trade"] == "bakery"
    assert stop["key_people"] == [
        {"name": "First", "post": "owner", "say": "decides"},
        {"name": "Second", "post": "", "say": "uses"},
    ]
