"""Figures for programs that watch: nobody's login opens them."""

from tests.field_api.access import ASKERS, Case

TABLE = {("GET", "/metrics"): Case(path="/metrics", expected=dict.fromkeys(ASKERS, 401))}
