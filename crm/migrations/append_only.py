"""Tables whose rows are added and never changed: the database itself refuses, whoever asks.

Called by the migration that makes the tables. `python -m tests.support.new_migration` writes the
calls again.
"""

from alembic.operations import Operations

TABLES = ("audit_entry", "field_change", "file_loan")
FUNCTION = "callcycle_append_only"
PER_ROW_AND_WHOLE = (  # PostgreSQL: emptying a table is no deletion of rows
    ("no_change", "UPDATE OR DELETE", "ROW"),
    ("no_truncate", "TRUNCATE", "STATEMENT"),
)
REFUSAL = "rows are added here and never changed"


def protect(op: Operations) -> None:
    """Refuse changes and deletions of the tables' rows from now on."""
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"
                )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '%: {REFUSAL}', TG_TABLE_NAME; END $$"
    )
    for table in TABLES:
        for name, change, each in PER_ROW_AND_WHOLE:
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {change} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
            )


def unprotect(op: Operations) -> None:
    """Allow them again, before the tables go."""
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for change in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{change}")
        return
    for table in TABLES:
        for name, _, _ in PER_ROW_AND_WHOLE:
            op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
    op.execute(f"DROP FUNCTION {FUNCTION}()")
