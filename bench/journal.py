"""Measurements kept in a file, one JSON line each, so that a long run can be taken up again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Values = dict[str, Any]


class Journal:
    """What has been measured under which key. Without a file it lasts as long as the process.

    Measurements of an older version of the code are not told apart: begin a new file for them.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Take up what the file holds; a last line cut short by a crash is measured again."""
        self._path = path
        self._known: dict[str, Values] = {}
        if path is not None and path.exists():
            text = path.read_text(encoding="utf-8")
            complete = text[: text.rfind("\n") + 1]
            for line in complete.splitlines():
                entry = json.loads(line)
                self._known[entry["key"]] = entry["values"]
            if complete != text:
                path.write_text(complete, encoding="utf-8")

    def once(self, key: str, measure: Callable[[], Values]) -> Values:
        """The values under the key; they are measured only if the journal does not have them."""
        if key not in self._known:
            self._known[key] = measure()
            if self._path is not None:
                with self._path.open("a", encoding="utf-8") as file:
                    line = {"key": key, "values": self._known[key]}
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
        return self._known[key]
