"""Photos of reports: taken in exactly once, beside the database or in a bucket."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import anyio
import pytest
from sqlmodel import select

from crm.models import Attachment, AuditEntry
from field_api.attachments import attachments_of
from field_api.services.reports import attachments
from field_api.services.reports.attachments import MOST_OF_A_REPORT, remove_orphans
from tests.field_api import world as worlds
from tests.field_api.test_concurrency import COPIES, at_once
from tests.field_api.world import API, REPORT, a_report
from tests.support import buckets
from tests.support.pictures import MAKER, a_photo, opened

PHOTO = UUID("c9f0f895-fb98-4b19-9c3e-4f2b6f6a0a01")
REPORT_URL = f"{API}/visit-reports/{REPORT}"
URL = f"{REPORT_URL}/attachments/{PHOTO}"
SENT = a_photo(size=(1200, 800))
JPEG = {"Content-Type": "image/jpeg"}
FOLDER, S3 = "folder", "bucket"


@pytest.fixture(scope="module")
def bucket():
    with buckets.running() as address:
        yield address


@pytest.fixture
def reported(database, tmp_path):
    """rep1's report is there; photos lie in a folder."""
    return with_report(database, data_dir=str(tmp_path / "data"))


@pytest.fixture(params=[FOLDER, S3])
def anywhere(request, database, tmp_path):
    """The same, once with a folder and once with a bucket for the photos."""
    given = {"data_dir": str(tmp_path / "data")}
    if request.param == S3:
        given |= {
            "attachments_url": f"s3://{buckets.BUCKET}/{uuid4()}",
            "attachments_endpoint": request.getfixturevalue("bucket"),
            "attachments_key_id": buckets.KEY,
            "attachments_secret_key": buckets.SECRET,
        }
    return with_report(database, **given)


def with_report(database, **given):
    world = worlds.build(database, **given)
    assert world.client("rep1").put(REPORT_URL, json=a_report()).status_code == 201
    return world


def put(world, content=SENT, *, by="rep1", url=URL, headers=JPEG, **params):
    return world.client(by).put(url, content=content, headers=headers, params=params)


def rows(world):
    with world.database.reading() as session:
        return session.exec(select(Attachment)).all()


def keys(world):
    return list(attachments_of(world.settings).keys())


def test_a_photo_is_kept_once_and_shown(anywhere):
    first = put(anywhere, filename="shelf.jpg")
    assert first.status_code == 201, first.text
    anywhere.now += timedelta(minutes=1)
    again = put(anywhere, filename="shelf.jpg")
    assert (again.status_code, again.json()) == (200, first.json())
    assert len(keys(anywhere)) == len(rows(anywhere)) == 1
    kept = first.json()
    assert (kept["filename"], kept["media_type"]) == ("shelf.jpg", "image/jpeg")
    assert anywhere.client("rep1").get(REPORT_URL).json()["attachments"] == [kept]
    shown = anywhere.client("malta").get(URL)
    assert shown.status_code == 200
    assert len(shown.content) == kept["bytes"]
    assert opened(shown.content).size == (kept["width"], kept["height"]) == (1200, 800)
    assert MAKER.encode() not in shown.content
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["content-disposition"] == "inline; filename*=UTF-8''shelf.jpg"
    assert shown.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert shown.headers["x-content-type-options"] == "nosniff"


def test_a_small_picture_is_made_once(anywhere, monkeypatch):
    put(anywhere, filename="货架.jpg")
    small = anywhere.client("malta").get(URL, params={"size": "small"})
    assert opened(small.content).size == (480, 320)
    assert small.headers["content-disposition"].endswith("''small-%E8%B4%A7%E6%9E%B6.jpg")
    assert len(keys(anywhere)) == 2
    monkeypatch.setattr("field_api.services.reports.attachments.photos.small", None)
    assert anywhere.client("rep1").get(URL, params={"size": "small"}).content == small.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_photo_is_is_told_by_its_contents(reported, kind):
    kept = put(reported, a_photo(kind), headers={"Content-Type": "image/gif"}).json()
    assert kept["media_type"] == f"image/{kind.lower()}"
    shown = reported.client("rep1").get(URL)
    assert shown.headers["content-type"] == kept["media_type"]
    assert str(PHOTO) in shown.headers["content-disposition"]


def test_a_form_with_one_file_will_do(reported):
    client = reported.client("rep1")
    files = {"file": ("C:\\Photos\\my shelf.jpg", SENT, "image/jpeg")}
    answer = client.put(URL, files=files)
    assert (answer.status_code, answer.json()["filename"]) == (201, "my shelf.jpg")
    assert put(reported).status_code == 200  # the same photo by itself
    none = client.put(f"{URL[:-1]}2", data={"file": "x"}, files={})
    assert none.status_code == 415  # a form of another kind
    empty = client.put(
        f"{URL[:-1]}2",
        content=b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\nx\r\n--x--\r\n",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert (empty.status_code, empty.json()["errors"][0]["path"]) == (422, "body.file")
    broken = client.put(URL, content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert (broken.status_code, broken.json()["code"]) == (400, "unreadable_body")


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"", JPEG, 415, "not_a_photo"),
        (b"<svg/>", {"Content-Type": "image/svg+xml"}, 415, "not_a_photo"),
        (b"GIF89a", {"Content-Type": "image/gif"}, 415, "not_a_photo"),
        (SENT[:900], JPEG, 415, "not_a_photo"),
        (SENT, {"Content-Type": "application/json"}, 415, "not_a_photo"),
        (b"x" * (1024 * 1024 + 1), JPEG, 413, "body_too_large"),
    ],
)
def test_what_is_not_taken(database, tmp_path, content, headers, status, code):
    world = with_report(database, data_dir=str(tmp_path), max_attachment_bytes=1024 * 1024)
    answer = put(world, content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert rows(world) == keys(world) == []


def test_a_photo_may_be_larger_than_other_bodies(database, tmp_path):
    world = with_report(database, data_dir=str(tmp_path), max_body_bytes=4096)
    assert len(SENT) > 4096
    assert put(world).status_code == 201


def test_a_photo_without_a_type_is_looked_at(reported):
    assert put(reported, headers={}).status_code == 201


@pytest.mark.parametrize("content", [a_photo(color=1), b"no photo at all"])
def test_other_bytes_under_the_same_id_are_a_conflict(reported, content):
    put(reported)
    answer = put(reported, content)
    assert (answer.status_code, answer.json()["code"]) == (409, "attachment_differs")


def test_an_id_used_on_another_report_is_a_conflict(reported):
    put(reported)
    other = f"{API}/visit-reports/{uuid4()}"
    reported.client("rep1").put(other, json=a_report(promises=[]))
    answer = put(reported, url=f"{other}/attachments/{PHOTO}")
    assert (answer.status_code, answer.json()["code"]) == (409, "attachment_differs")
    assert reported.client("rep1").get(f"{other}/attachments/{PHOTO}").status_code == 404


def test_a_report_comes_before_its_photos(reported):
    url = f"{API}/visit-reports/{uuid4()}/attachments/{PHOTO}"
    answer = put(reported, url=url)
    assert (answer.status_code, answer.json()["code"]) == (404, "report_not_found")
    assert keys(reported) == []


def test_anothers_report_takes_no_photo_and_shows_none(reported):
    put(reported)
    assert put(reported, by="rep2").json()["code"] == "report_not_found"
    assert put(reported, by="malta").json()["code"] == "role_not_allowed"
    for stranger in ("rep2", "gozo", "info"):
        answer = reported.client(stranger).get(URL)
        assert (answer.status_code, answer.json()["code"]) == (404, "attachment_not_found")


def test_a_report_holds_so_many_photos(reported):
    def sent(number):
        return put(reported, a_photo(color=number), url=f"{URL[:-2]}{number:02}")

    answers = [sent(number) for number in range(MOST_OF_A_REPORT + 1)]
    assert [a.status_code for a in answers] == [201] * MOST_OF_A_REPORT + [409]
    assert answers[-1].json()["code"] == "too_many_attachments"
    assert sent(3).status_code == 200  # one that is there may be sent again


def test_the_last_place_is_taken_once(reported):
    for number in range(MOST_OF_A_REPORT - 1):
        put(reported, url=f"{URL[:-2]}{number:02}")
    answers = at_once(8, lambda n: put(reported, url=f"{URL[:-2]}{50 + n}"))
    assert sorted(a.status_code for a in answers) == [201] + [409] * 7
    assert len(rows(reported)) == MOST_OF_A_REPORT


def test_copies_sent_at_once_are_one_photo(reported):
    answers = at_once(COPIES, lambda _: put(reported))
    assert sorted(a.status_code for a in answers) == [200] * (COPIES - 1) + [201]
    assert len({a.text for a in answers}) == 1
    assert len(rows(reported)) == len(keys(reported)) == 1


def test_contradicting_photos_at_once_leave_the_one_that_was_acknowledged(reported):
    answers = at_once(8, lambda n: put(reported, a_photo(size=(100 + n, 50))))
    assert sorted(a.status_code for a in answers) == [201] + [409] * 7
    (kept,) = [a.json() for a in answers if a.status_code == 201]
    shown = opened(reported.client("rep1").get(URL).content)
    assert shown.size == (kept["width"], kept["height"])


def test_the_trail_holds_who_attached(reported):
    put(reported)
    with reported.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "attach")).one()
    assert (entry.actor, entry.key, entry.details) == (
        "Rep1",
        str(REPORT),
        {"attachment": str(PHOTO)},
    )


def test_a_store_that_cannot_be_written_keeps_nothing(reported):
    folder = reported.settings.data_dir
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    answer = put(reported)
    assert (answer.status_code, answer.json()["code"]) == (503, "attachments_unavailable")
    assert answer.headers["Retry-After"]
    assert rows(reported) == []


def test_a_bucket_that_does_not_answer_keeps_nothing(database):
    world = with_report(
        database,
        attachments_url="s3://photos",
        attachments_endpoint="http://127.0.0.1:9",
        attachments_key_id="k",
        attachments_secret_key="s",
    )
    assert put(world).json()["code"] == "attachments_unavailable"
    assert rows(world) == []


def test_a_lost_file_is_said_to_be_out_of_reach(anywhere):
    put(anywhere)
    store = attachments_of(anywhere.settings)
    for key in keys(anywhere):
        store.remove(key)
    assert anywhere.client("rep1").get(URL).json()["code"] == "attachments_unavailable"


def later(**ahead):
    return datetime.now(UTC) + timedelta(**ahead)


def test_what_was_never_acknowledged_goes_after_a_day(anywhere):
    put(anywhere)
    anywhere.client("rep1").get(URL, params={"size": "small"})
    kept = keys(anywhere)
    store = attachments_of(anywhere.settings)
    for left in ("lost.jpg", "lost.jpg.small.jpg"):
        store.write(f"{REPORT}/{left}", [b"x"])
    assert remove_orphans(anywhere.database, store, now=later(hours=23)) == 0
    assert remove_orphans(anywhere.database, store, now=later(hours=25)) == 2
    assert keys(anywhere) == kept
    assert anywhere.client("rep1").get(URL).status_code == 200


def test_what_was_left_half_written_goes_too(reported):
    put(reported)
    folder = reported.settings.data_dir / "attachments" / str(REPORT)
    (folder / "photo.jpg.0123abcd.part").write_bytes(b"x")
    store = attachments_of(reported.settings)
    assert remove_orphans(reported.database, store, now=later(hours=25)) == 1
    assert len(list(folder.iterdir())) == 1


def test_nothing_to_tidy_where_no_photo_ever_came(reported):
    store = attachments_of(reported.settings)
    assert remove_orphans(reported.database, store, now=later(days=2)) == 0


def test_a_kept_photo_is_shown_though_the_room_for_decoding_is_taken(reported, monkeypatch):
    """Sending again and showing need no decoder."""
    put(reported)
    monkeypatch.setattr(attachments.photos, "cleaned", None)
    assert put(reported).status_code == 200
    assert reported.client("rep1").get(URL).status_code == 200


def test_the_clock_sees_to_it_at_night(reported):
    """What is left over goes by itself."""
    from field_api.jobs import clock, registry

    store = attachments_of(reported.settings)
    store.write("lost.jpg", [b"x"])
    handler = registry.HANDLERS["clock/attachments"]

    class Desk:
        database, settings = reported.database, reported.settings

    class Job:
        created_at = later(days=2)

    assert clock.ORPHANS.hour < 6
    assert handler.work(Desk, Job) == {"files": 1}
    assert keys(reported) == []


@pytest.mark.parametrize("kind", [b"image/jpeg", b"multipart/form-data; boundary=x"])
def test_who_goes_away_halfway_leaves_nothing(reported, kind):
    """A phone in a lift: the connection ends in the middle of the photo."""
    told = []
    came = iter(
        [
            {"type": "http.request", "body": b"--x\r\n", "more_body": True},
            {"type": "http.disconnect"},
        ]
    )

    async def receive():
        return next(came)

    async def send(message):
        told.append(message)

    scope = {
        "type": "http",
        "method": "PUT",
        "path": URL,
        "raw_path": URL.encode(),
        "query_string": b"",
        "headers": [
            (b"authorization", f"Bearer {reported.tokens['rep1']}".encode()),
            (b"content-type", kind),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    anyio.run(reported.app, scope, receive, send)
    assert told[0]["status"] == 400
    assert rows(reported) == keys(reported) == []
