"""Which version an edit is meant for."""

import pytest

from field_api.etags import IfMatchMissing, VersionChanged, etag_of, if_match


@pytest.mark.parametrize("header", ['"v7"', ' "v6" , "v7"', "*", " * "])
def test_an_edit_of_the_version_that_stands_goes_through(header):
    if_match(header).refuse_unless(7)


@pytest.mark.parametrize("header", ['"v6"', 'W/"v7"', "v7", "7", '"v70"', '"', '"*"', "💥" * 999])
def test_an_edit_of_another_version_is_told_the_newest(header):
    with pytest.raises(VersionChanged) as refused:
        if_match(header).refuse_unless(7)
    assert (refused.value.status, refused.value.headers) == (412, {"ETag": '"v7"'})


@pytest.mark.parametrize("header", [None, "", "  "])
def test_an_edit_of_an_unnamed_version_is_refused(header):
    with pytest.raises(IfMatchMissing):
        if_match(header)


def test_a_tag_is_strong():
    assert etag_of(7) == '"v7"'
