import pytest

from maps.draw import coverage
from tests.maps.sample_views import HOSTILE, a_customer, coverage_view


@pytest.fixture
def opened(page, tmp_path):
    def open_it(view, language="en"):
        path = tmp_path / "coverage.html"
        coverage.write(path, view, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


@pytest.mark.browser
@pytest.mark.parametrize(
    ("planned", "share", "kind"),
    [(0, "0 %", "0"), (159, "79 %", "0"), (160, "80 %", "1"), (189, "94 %", "2"),
     (199, "99 %", "3"), (200, "100 %", "4")],
)  # fmt: skip
def test_the_share_is_told_by_figure_and_class(opened, planned, share, kind):
    page = opened(coverage_view(required=200, planned=planned))
    assert page.locator(".area-label b").inner_text() == share
    assert page.locator(f"path.area.class-{kind}").count() == 1
    assert f"{planned} of 200" in page.locator(".areas .what").inner_text()
    assert page.locator(".subtitle").inner_text() == (
        f"Planned ÷ required: {share} ({planned} of 200)"
    )


@pytest.mark.browser
def test_visits_done_take_the_place_of_visits_planned(opened):
    page = opened(coverage_view(required=200, planned=200, done=150))
    assert page.locator(".subtitle").inner_text() == "Done ÷ required: 75 % (150 of 200)"
    page.locator(".areas button").click()
    facts = page.locator(".card dl").inner_text()
    assert "100 % (200 of 200)" in facts
    assert "75 % (150 of 200)" in facts


@pytest.mark.browser
def test_nothing_required_has_no_share(opened):
    page = opened(coverage_view(required=0, planned=0))
    assert page.locator(".area-label b").inner_text() == "–"


@pytest.mark.browser
def test_missed_customers_are_listed_by_state(opened):
    missed = [a_customer(n, state="late" if n < 2 else "unserved") for n in range(105)]
    page = opened(coverage_view(missed))
    assert page.locator(".missed summary").all_inner_texts() == [
        "!2 overdue",
        "103 due, no place found",
    ]
    assert page.locator(".missed .notes").text_content() == "100 of 103 listed"
    assert page.locator(".clean").count() == 0


@pytest.mark.browser
def test_none_missed_says_so(opened):
    assert "Every due visit has its day." in opened(coverage_view()).locator(".clean").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_read_as_they_stand(opened, name):
    missed = [a_customer(1, name=name, code=name, state="late")]
    page = opened(coverage_view(missed, name=name, rep_name=name, code=name))
    for selector in (".area-label small", ".areas .name", ".missed .name", ".missed small"):
        assert page.locator(selector).first.evaluate("node => node.textContent") == name
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0
