"""What tells a repetition from a contradiction."""

import hashlib
import json
from typing import Any


def digest(sent: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of a body as JSON; the order of its fields makes no difference."""
    text = json.dumps(sent, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
