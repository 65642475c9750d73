"""Charsets that Arabic pages come in, and what they say of themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.errors import NotText
from takhrij.pages.charset import decode

TEXT = "افتتح رئيس البلدية جسر الوادي الجديد، وقال إن العمل انتهى قبل موعده بشهرين وإن القرى الثلاث ستستفيد منه."


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "windows-1256", "iso-8859-6", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_charset_is_found_without_being_told(charset):
    text = TEXT.replace("،", ",") if charset == "iso-8859-6" else TEXT
    assert decode(text.encode(charset), "x") == text


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "windows-1252", "no-such-charset"])
@pytest.mark.parametrize("where", ["meta", "header"])
def test_false_declaration_is_passed_over(said, where):
    page = f'<html><head><meta charset="{said if where == "meta" else "windows-1256"}"></head><p>{TEXT}</p>'
    assert TEXT in decode(page.encode("windows-1256"), "x", said if where == "header" else None)


def test_utf8_with_a_few_broken_bytes_stays_utf8():
    data = (TEXT * 5).encode()
    assert decode(data[:99] + data[100:], "x").startswith(TEXT[:40])


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, bytes(range(256)) * 4, b"PK\x03\x04....", b"\x00" * 400])
def test_binary_is_no_text(data):
    with pytest.raises(NotText):
        decode(data, "x")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf8_comes_back(text):
    assert decode(text.encode("utf-8"), "x") == text.lstrip("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_one_error(data):
    try:
        text = decode(data, "x")
    except NotText:
        return
    assert "\x00" not in text
