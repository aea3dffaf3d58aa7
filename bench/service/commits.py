"""How many durable commits of one row this machine makes a second, by one connection alone."""

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

SECONDS = 3.0


def sqlite_commits_a_second(folder: Path, body: dict[str, Any]) -> float:
    """With the durability that the service uses; a row holds one report's body."""
    connection = sqlite3.connect(folder / "commits.db", isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS report (id INTEGER PRIMARY KEY, body TEXT)")
        text, made = json.dumps(body), 0
        began = time.perf_counter()
        while (seconds := time.perf_counter() - began) < SECONDS:
            connection.execute("INSERT INTO report (body) VALUES (?)", (text,))
            made += 1
        return made / seconds
    finally:
        connection.close()
