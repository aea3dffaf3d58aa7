"""Marks texts that people read, so that the catalogues can be checked for completeness."""


def N_(text: str) -> str:  # noqa: N802  (gettext's own name)
    """The text itself: an English template with named `{placeholders}`, translated where shown."""
    return text
