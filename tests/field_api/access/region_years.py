"""区域分析: everybody's, of what each sees."""

from tests.field_api.access import LOGGED_IN, Case

TABLE = {("GET", "/region-years"): Case(path="/region-years", expected=LOGGED_IN)}
