"""How key people stand to each other, over the API."""

from tests.field_api.world import API

C1 = f"{API}/customers/C1"
RELATIONS = f"{C1}/relations"


def a_person(client, name):
    answer = client.post(f"{C1}/key-people", json={"name": name})
    assert answer.status_code == 201, answer.text
    return answer.json()["number"]


def test_a_relation_is_noted_listed_and_taken_away(world):
    client = world.client("malta")
    boss, buyer = a_person(client, "Ms Borg"), a_person(client, "Mr Vella")
    body = {"person": buyer, "other": boss, "kind": "reports_to", "note": "since spring"}
    answer = client.post(RELATIONS, json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json() == body | {"number": answer.json()["number"]}
    assert client.get(RELATIONS).json() == [answer.json()]
    again = client.post(RELATIONS, json=body)
    assert (again.status_code, again.json()["code"]) == (422, "impossible_relation")
    turned = client.post(RELATIONS, json=body | {"person": boss, "other": buyer})
    assert (turned.status_code, turned.json()["code"]) == (422, "impossible_relation")
    one = f"{RELATIONS}/{answer.json()['number']}"
    assert world.client("gozo").delete(one).status_code == 404
    assert client.delete(one).status_code == 204
    assert (client.delete(one).status_code, client.get(RELATIONS).json()) == (404, [])


def test_people_of_another_customer_have_no_relation_here(world):
    client = world.client("general")
    mine = a_person(client, "Ms Borg")
    other = client.post(f"{API}/customers/C3/key-people", json={"name": "Mr Zammit"}).json()
    body = {"person": mine, "other": other["number"], "kind": "family"}
    answer = client.post(RELATIONS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "key_person_not_found")
    assert client.post(RELATIONS, json=body | {"other": 2**70}).status_code == 422
