"""What a map's page shows, read back."""

import json
import re
from typing import Any

VIEW = re.compile(r'<script type="application/json" id="view">(.*?)</script>', re.DOTALL)


def view_of(html: str) -> dict[str, Any]:
    """The data that the page's scripts draw."""
    found = VIEW.search(html)
    assert found, "no map"
    return dict(json.loads(found[1]))
