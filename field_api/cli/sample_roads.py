"""The roads of a sample while something runs on it: the demo's plans, the demo's service."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from crm.errors import Refused
from crm.text import N_
from field_api.roads.building import build_roads
from field_api.roads.engine import find_engine
from field_api.roads.serving import served_roads
from field_api.sample import Sample
from field_api.settings import PREFIX, load_settings

TRAVEL, OSRM_URL = f"{PREFIX}TRAVEL", f"{PREFIX}OSRM_URL"
DAY = len("2018-08-27")  # of an instant in ISO
Tell = Callable[..., object]


@contextmanager
def sample_roads(sample: Sample, tell: Tell) -> Iterator[None]:
    """An engine that answers for the sample's country while the block runs, where one was fetched.

    What a person set about travel times stands. Otherwise the settings of this process name the
    engine, or remain with the straight line. `tell(text, **params)` says which, and why.
    """
    data_dir = load_settings().data_dir
    engine = find_engine(data_dir)
    with ExitStack() as stack:
        if os.environ.get(TRAVEL):
            tell(N_("Travel times: {source}, as the settings say."), source=os.environ[TRAVEL])
        elif sample.extract is None:
            tell(N_("Travel times: by straight line; this sample has no road map."))
        elif engine is None:
            tell(N_("Travel times: by straight line; `callcycle roads fetch` brings an engine."))
        else:
            try:
                data = build_roads(engine, sample.extract, "car", data_dir=data_dir)
                served = stack.enter_context(served_roads(engine, data, data_dir=data_dir))
            except Refused as error:
                tell(error.text, **error.params)
                tell(N_("Travel times: by straight line."))
            else:
                stack.enter_context(_settings_name(served.url))
                tell(
                    N_("Travel times: by road, OSRM {engine} on the map of {date}."),
                    engine=engine.version,
                    date=data.date[:DAY],
                )
        yield


@contextmanager
def _settings_name(url: str) -> Iterator[None]:
    """For this process and those that it starts: the settings are read where they are needed."""
    os.environ |= {TRAVEL: "osrm", OSRM_URL: url}
    try:
        yield
    finally:
        del os.environ[TRAVEL], os.environ[OSRM_URL]
