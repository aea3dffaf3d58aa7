"""Writes the newest migration again from the models: `python -m tests.support.new_migration`.

For a migration that no release has carried yet; whoever runs it reads what it wrote.
"""

import re
import sys
import tempfile
import warnings
from pathlib import Path

from alembic import command
from alembic.config import Config

import crm
from crm.database import Database

MIGRATIONS = Path(crm.__file__).parent / "migrations"
NUMBER, NAME, BEFORE = "0003", "roads_and_places", "0002"


def named(text: str) -> str:
    """The migration with a name for each constraint added to a table that was there before: an
    unnamed one could not be taken away again."""
    lines: list[str] = []
    added: list[tuple[str, str, str]] = []  # table, kind, name
    dropped: list[str] = []
    table = ""
    for written in text.splitlines():
        line = written
        if found := re.search(r"batch_alter_table\('(\w+)'", line):
            table = found[1]
        if found := re.search(r"create_\w+\(None, .*?\['(\w+)'\]", line):
            kind = "fk" if "create_foreign_key" in line else "uq"
            name = f"{kind}_{table}_{found[1]}"
            added.append((table, kind, name))
            line = line.replace("(None,", f"('{name}',")
        if "drop_constraint(None" in line:  # in the opposite order
            kind = "fk" if "foreignkey" in line else "uq"
            name = [n for t, k, n in added if (t, k) == (table, kind) and n not in dropped][-1]
            dropped.append(name)
            line = line.replace("drop_constraint(None", f"drop_constraint('{name}'")
        if not line.strip().startswith("#"):
            lines.append(line)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Compare the tables of the migration before with the models and write the difference."""
    for old in (MIGRATIONS / "versions").glob(f"{NUMBER}_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/before.db")
        database.migrate(BEFORE)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with database.engine.connect() as connection, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # constraints without a name get one below
            config.attributes["connection"] = connection
            command.revision(config, NAME.replace("_", " "), autogenerate=True, rev_id=NUMBER)
        database.close()
    (path,) = (MIGRATIONS / "versions").glob(f"{NUMBER}_*.py")
    path.write_text(named(path.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"Wrote {NUMBER}; read it before you keep it.\n")


if __name__ == "__main__":
    main()
