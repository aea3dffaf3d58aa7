"""Whatever is sent to any address, by whomever: no fault of ours, and no answer that the OpenAPI
document does not tell of. What is sent is made up from the document itself."""

import json
import shutil
from itertools import count

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from crm.database import Database
from field_api.app import create_app
from field_api.openapi import operations
from field_api.settings import load_settings
from tests.field_api.access.plans import over
from tests.field_api.world import API, REPORT, ROLES, a_report, build

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 3  # made up at random for each operation, beside those that try each bound of each value
THE_WORLDS = {"C-0102": "C1", "MT-1": "R1", "MALTA": "MT", "SOUTH": "S", "sheet-1": "P1"}
CODES = {"promises": "P1", "territories": "T1", "regions": "S", "districts": "MT"}
turns = count()


def document():
    """The service's own document, its examples made to name what is in the small world."""
    service = create_app(load_settings(db="sqlite://", secret="s" * 40), Database("sqlite://"))
    text = json.dumps(service.openapi())
    for code, ours in THE_WORLDS.items():
        text = text.replace(f'"{code}', f'"{ours}')
    found = json.loads(text)
    for path, _, operation in operations(found):
        for parameter in operation.get("parameters", []):
            if parameter["name"] == "code":
                parameter["example"] = CODES.get(path.split("/{code}")[0].rsplit("/", 1)[1], "C1")
    return found


def how():
    """Each bound of each value is tried; other methods than the document's are tried elsewhere."""
    config = SchemathesisConfig(seed=1)
    config.projects.default.phases.coverage.unexpected_methods = set()
    return config


schema = schemathesis.openapi.from_dict(document(), config=how())


@pytest.fixture(scope="module")
def kept(migrated_file, tmp_path_factory):
    """The world, and its database as it was in the beginning."""
    folder = tmp_path_factory.mktemp("schemathesis")
    shutil.copy(migrated_file, folder / "world.db")
    world = build(Database(f"sqlite:///{folder}/world.db"), data_dir=folder)
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report(promises=[]))
    with world.database.writing() as session:
        over(session)  # a plan of this world has no document to plan on from
    world.database.close()
    shutil.copy(folder / "world.db", folder / "beginning.db")
    yield world, folder
    world.database.close()


@pytest.fixture
def world(kept):
    """The world as it was in the beginning."""
    world, folder = kept
    world.database.close()
    for end in ("-wal", "-shm"):
        (folder / f"world.db{end}").unlink(missing_ok=True)
    shutil.copy(folder / "beginning.db", folder / "world.db")
    return world


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_fault_and_no_answer_untold(case, world):
    everybody = [*ROLES, None]
    little = case.operation.method == "get" and not len(case.operation.query)
    for asker in everybody if little else [everybody[next(turns) % len(everybody)]]:
        check(case, world, asker)


def check(case, world, asker):
    headers = {"Authorization": f"Bearer {world.tokens[asker]}"} if asker else {}
    sent = as_our_client_sends(case.as_transport_kwargs(base_url="http://testserver"))
    client = TestClient(world.app, raise_server_exceptions=False, cookies=sent.pop("cookies"))
    sent["headers"].update(headers)
    answer = client.request(**sent)
    answer.request.read()  # a form was streamed
    case.validate_response(answer, checks=CHECKS)


def as_our_client_sends(sent):
    """The same request for a client that is stricter about bytes and forms than requests is."""
    if isinstance(sent.get("data"), bytes | str):
        sent["content"] = sent.pop("data")
    if isinstance(sent.get("files"), list):
        sent["files"] = [(name, _part(*part)) for name, part in sent["files"]]
    return sent


def _part(filename, value, *more):
    return (filename, value if isinstance(value, bytes | str) else json.dumps(value), *more)
