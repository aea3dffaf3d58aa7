"""Addresses are written in the order of their own language."""

import pytest

from field_api.address import address


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (("1 Strait Street", "VLT 1436", "Valletta"), "1 Strait Street, VLT 1436, Valletta"),
        (("", "", "Valletta"), "Valletta"),
        (("样例路1号", "", "济南市章丘"), "济南市章丘样例路1号"),
        (("样例路1号", "250200", "济南市章丘"), "济南市章丘样例路1号 (250200)"),
        (("", "", ""), ""),
    ],
)
def test_one_line(parts, line):
    assert address(*parts) == line
