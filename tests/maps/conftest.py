"""The browser of the map tests."""

from tests.support.pages import browser, page

__all__ = ["browser", "page"]
