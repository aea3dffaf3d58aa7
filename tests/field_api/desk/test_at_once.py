"""The same form sent from several windows at once: nobody meets a fault of ours, and what can be
done once is done once."""

import pytest

from tests.field_api.access import collected
from tests.field_api.test_concurrency import at_once
from tests.field_api.world import API, REPORT, a_report

TABLE = collected()
COPIES = 4
ASKERS = ("malta", "info", "general")  # the first of them that may
FORMS = sorted(
    (key, asker)
    for key, case in TABLE.items()
    for asker in [next((who for who in ASKERS if case.expected[who] < 400), "")]
    if key[0] == "POST" and key[1].startswith("/desk") and asker
)
HOUSE, CUSTOMERS, CARD = "/desk/administration", "/desk/customers/all", "/desk/customers/{code}"
ONCE = {
    f"{HOUSE}/calendars/days/forget",
    f"{HOUSE}/calendars/leave/end",
    f"{HOUSE}/jobs/{{job_id}}/again",
    f"{HOUSE}/jobs/{{job_id}}/cancel",
    f"{HOUSE}/organisation/districts",
    f"{HOUSE}/people",
    f"{HOUSE}/people/{{username}}",
    f"{CUSTOMERS}/changes/{{number}}/apply",
    f"{CUSTOMERS}/changes/{{number}}/undo",
    f"{CUSTOMERS}/views/{{number}}/remove",
    f"{CARD}/frequency",
    f"{CARD}/people/{{number}}",
    f"{CARD}/people/{{number}}/remove",
    f"{CARD}/relations",
    f"{CARD}/relations/{{number}}/remove",
    "/desk/promises/{promise}/due",
}


def test_what_is_done_once_is_a_form():
    assert {route for (_, route), _ in FORMS} >= ONCE


@pytest.mark.parametrize(("key", "asker"), FORMS, ids=lambda value: value[-1])
def test_copies_of_a_form_sent_at_once(world, key, asker):
    case = TABLE[key]
    if case.prepare is not None:
        with world.database.writing() as session:
            case.prepare(session)
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    if case.before is not None:
        case.before(world)
    sent = {"json": case.body, "data": case.form, "headers": case.headers, "files": case.files}
    given = {name: value for name, value in sent.items() if value is not None}
    clients = [world.client(asker) for _ in range(COPIES)]
    answers = at_once(COPIES, lambda n: clients[n].post(case.path, **given))
    statuses = [answer.status_code for answer in answers]
    assert max(statuses) < 500, [answer.text for answer in answers]
    assert statuses.count(case.expected[asker]) >= 1
    if key[1] in ONCE:
        assert statuses.count(case.expected[asker]) == 1
