"""Which cards may be of one customer: likeness of names, nearness, telephone; bounded work."""

import random
from itertools import count

from crm.rules import duplicates
from crm.rules.duplicates import Card, alike, name_key, phone_key

number = count(1)


def a_card(name, place=(36.67, 117.0), phone=""):
    return Card(id=next(number), name=name, phone=phone, place=place)


def near(metres_north):
    return (36.67 + metres_north / 111_195, 117.0)


def test_names_without_what_only_says_that_it_is_a_company():
    assert name_key("山东泉城（集团）有限责任公司") == "山东泉城集团"
    assert name_key("Bar  Ltd.") == name_key("BAR") == "bar"
    assert name_key("Co") == "co"  # a name is never empty because of it


def test_telephones_by_their_last_digits():
    assert phone_key("+86 531-8000 0001") == phone_key("0531 80000001")
    assert phone_key("110") == ""


def test_the_same_shop_written_twice():
    pair = a_card("解放路便利店"), a_card("解放路 便利店(老店)", near(20))
    (found,) = alike(pair)
    assert (found.first, found.second) == (pair[0].id, pair[1].id)
    assert found.metres == 20


def test_branches_of_a_chain_are_not_one_customer():
    assert alike([a_card("泉城超市"), a_card("泉城超市", near(3000))]) == []


def test_the_same_telephone_brings_unlike_names_together_at_one_door_only():
    names = "王记面馆", "王记面馆餐饮店"
    phone = "0531 8000 0001"
    at_the_door = [a_card(name, near(5), phone) for name in names]
    assert alike(at_the_door)[0].same_phone
    unlike = "老王面馆", "王记面馆"
    assert alike([a_card(name, near(5), phone) for name in unlike])
    assert alike([a_card(unlike[0], near(0), phone), a_card(unlike[1], near(5000), phone)]) == []


def test_a_card_without_a_place_is_found_by_name_and_telephone():
    phone = "0531 8000 0001"
    (found,) = alike([a_card("泉城超市", None, phone), a_card("泉城超市", near(0), phone)])
    assert found.metres is None
    assert alike([a_card("泉城超市", None), a_card("泉城超市", near(0))]) == []


def test_neighbouring_cells_are_looked_at():
    for lat, lon in [(0.0004, 0), (0.0004, 0.0004), (0, 0.0004), (-0.0004, 0.0004)]:
        there = (36.6698 + lat, 116.9998 + lon)
        assert alike([a_card("泉城超市", (36.6698, 116.9998)), a_card("泉城超市", there)])


def test_a_crowd_at_one_place_costs_no_square(monkeypatch):
    compared = []
    real = duplicates._likeness
    monkeypatch.setattr(duplicates, "_likeness", lambda *pair: compared.append(1) or real(*pair))
    crowd = [a_card(f"摊位{random.Random(n).randrange(10**6)}号") for n in range(2000)]
    alike(crowd)
    assert len(compared) <= len(crowd) * duplicates.NEXT_IN_ORDER


def test_the_order_of_cards_does_not_matter():
    cards = [a_card(f"超市{n % 7}", near(n * 11)) for n in range(60)]
    shuffled = random.Random(3).sample(cards, len(cards))
    assert alike(cards) == alike(shuffled)
