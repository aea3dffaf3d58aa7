import pytest

from maps.draw import customers
from tests.maps.sample_views import HOSTILE, a_customer, customers_view, hostile_lines

STATES = ("done", "planned", "late", "unserved", "not_due")
MARKS = """() => { const marks = [];
map_ground.eachLayer(layer => { if (layer.customer) marks.push(layer); }); return marks"""


@pytest.fixture
def opened(page, tmp_path):
    def open_it(view, language="en"):
        path = tmp_path / "customers.html"
        customers.write(path, view, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


PLACE = """([lat, lon]) => {
const box = map_ground.getContainer().getBoundingClientRect();
const at = map_ground.latLngToContainerPoint([lat, lon]);
return [box.x + at.x, box.y + at.y]; }"""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def drawn_codes(page):
    return set(page.evaluate(MARKS + ".map(mark => mark.customer.code) }"))


@pytest.mark.browser
def test_every_customer_is_on_the_map(opened):
    page = opened(customers_view(a_customer(n) for n in range(100)))
    assert drawn_codes(page) == {f"C{n}" for n in range(100)}


@pytest.mark.browser
def test_the_table_counts_and_chooses(opened):
    every = [a_customer(n, state=STATES[n // 5 % 5]) for n in range(50)]
    page = opened(customers_view([*every, a_customer(99, grade=None, state="late")]))
    assert page.locator(".matrix .sum button").all_inner_texts() == [
        "10", "10", "11", "10", "10", "51",
    ]  # fmt: skip
    page.locator(".matrix tbody tr").first.locator("button").nth(3).click()
    chosen = {one.code for one in every if one.grade == "A" and one.state == "late"}
    assert drawn_codes(page) == chosen
    assert page.locator(".notes").inner_text() == f"{len(chosen)} of 51 shown"
    page.locator(".matrix [aria-pressed=true]").click()
    assert len(drawn_codes(page)) == 51


@pytest.mark.browser
def test_a_search_finds_and_opens(opened):
    page = opened(customers_view([a_customer(1), a_customer(2, name="马耳他食品"), a_customer(3)]))
    page.keyboard.press("/")
    page.keyboard.type("食品")
    assert drawn_codes(page) == {"C2"}
    page.keyboard.press("Enter")
    assert page.locator(".card .name").inner_text() == "马耳他食品"
    page.locator("input").fill("nobody")
    assert page.locator(".panel .notes").inner_text() == "No customer of that name or code."


@pytest.mark.browser
def test_a_click_on_a_mark_opens_its_card(opened):
    page = opened(customers_view([a_customer(1, state="unserved"), a_customer(30)]))
    x, y = page.evaluate(PLACE, [35.8999, 14.5146])
    page.mouse.move(x, y)
    assert "due, no place found" in page.locator(".leaflet-tooltip").inner_text()
    page.mouse.click(x, y)
    assert page.locator(".card .name").inner_text() == "Customer 1"
    assert "due, no place found" in page.locator(".card .state").inner_text()


@pytest.mark.browser
def test_marks_tell_state_and_grade_twice(opened):
    """Each state of a grade, and each grade of a state, looks different without its colour."""
    page = opened(customers_view([a_customer(1)]))
    forms = {}
    for state in STATES:
        for grade in "ABCDE":
            forms[state, grade] = page.evaluate(
                """([state, grade]) => {
                let mark; map_ground.eachLayer(one => { mark = one.customer ? one : mark; });
                Object.assign(mark.customer, { state, grade });
                mark.alarm = state === "late";
                map_ground.setZoom(16, { animate: false });
                const said = []; const ctx = mark._renderer._ctx;
                for (const name of ["arc", "fill", "stroke", "setLineDash", "fillText"])
                  ctx[name] = (...args) => {
                    const size = { arc: args[2], stroke: ctx.lineWidth };
                    said.push(name, size[name] ?? args[0]);
                  };
                mark._renderer._drawing = true;
                mark._updatePath();
                for (const name of ["arc", "fill", "stroke", "setLineDash", "fillText"])
                  delete ctx[name];
                return JSON.stringify(said); }""",
                [state, grade],
            )
    assert len(set(forms.values())) == len(forms)


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_read_as_they_stand(opened, name):
    hostile = a_customer(1, name=name, code=name, details=hostile_lines())
    page = opened(customers_view([hostile], title=name, period=name, attribution=(name,)))

    def text(selector):
        return page.locator(selector).first.evaluate("node => node.textContent")

    assert text("h1") == name
    assert name in text(".subtitle")
    assert name in text(".credits")
    assert text(".list .name") == name
    page.locator(".list button").click()
    assert text(".card .name") == name
    said = page.locator(".card dd").evaluate_all("all => all.map(one => one.textContent)")
    assert set(HOSTILE) <= set(said)
    page.keyboard.press("Escape")
    page.mouse.move(*page.evaluate(PLACE, [hostile.lat, hostile.lon]))
    assert name in text(".leaflet-tooltip")
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0


@pytest.mark.browser
def test_two_thousand_open_fast_and_stay_small(opened, page):
    many = [a_customer(n, details=hostile_lines()[:2]) for n in range(2000)]
    bare = len(customers.html(customers_view(many[:1])))
    assert len(customers.html(customers_view(many))) - bare < 1_500_000
    opened(customers_view(many))
    drawn_ms = page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
    assert drawn_ms < 2000  # about 200 on a desk at rest


@pytest.mark.browser
def test_chinese_and_empty(opened):
    page = opened(customers_view([a_customer(1)]), language="zh")
    assert "已排期" in page.locator(".legend").inner_text()
    page = opened(customers_view([]), language="zh")
    assert page.locator(".panel").inner_text() == "这里还没有可显示的内容。"


@pytest.mark.browser
def test_dark_mode_draws_the_marks_again(opened, page):
    opened(customers_view([a_customer(1)]))
    colour = MARKS + "[0].colours().grade }"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate(colour) != light
