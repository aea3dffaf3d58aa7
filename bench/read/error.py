"""A benchmark file that is not as its format says."""


class BadInstance(ValueError):
    """The message names the file, the value and what was expected."""
