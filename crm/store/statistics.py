"""What the database knows of its own tables, by which it chooses its ways through them."""

from sqlmodel import Session

ROWS_LOOKED_AT = 1000  # of each index: enough to tell a long table from a short one


def refresh(session: Session) -> None:
    """Let SQLite look at its tables again; PostgreSQL does so by itself. Without it SQLite guesses
    how many rows an index narrows a search down to, and guesses badly in large tables."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        connection.exec_driver_sql("ANALYZE")
