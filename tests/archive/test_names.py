from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names import NAME_LENGTH_BYTES, printable_path, safe_name, unique_name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("panel/Bürgerbeteiligung.pptx", "Bürgerbeteiligung.pptx"),
        ("Bu\u0308rger.pdf", "Bürger.pdf"),
        ("a/b/Доклад о ЖКХ.docx", "Доклад о ЖКХ.docx"),
        ('we"ird<na>me?.pdf', "we_ird_na_me_.pdf"),
        ("C:\\\\temp\\\\x.pdf", "C__temp_x.pdf"),
        ("a\\b", "a_b"),
        ("..", "_"),
        (".hidden.pdf", "_hidden.pdf"),
        ("con.pdf", "_con.pdf"),
        ("con .pdf", "_con.pdf"),
        ("LPT¹.pdf", "_LPT¹.pdf"),
        ("CONIN$", "_CONIN$"),
        ("conference.pdf", "conference.pdf"),
        ("trailing. ", "trailing"),
        ("right\u202eto\u202cleft\x00.pdf", "righttoleft.pdf"),
        ("", "_"),
        ("\u00a0", "_"),
        ("\u2003.pdf", "_pdf"),
    ],
)
def test_safe_name(path: str, name: str) -> None:
    assert safe_name(path) == name


@given(st.text(st.characters(), max_size=400))
def test_safe_name_is_always_storable(path: str) -> None:
    name = safe_name(path)
    assert name
    assert "/" not in name
    assert not name.startswith(".")
    assert len(name.encode("utf-8")) <= NAME_LENGTH_BYTES + 1
    assert unicodedata.normalize("NFC", name) == name


def test_long_name_keeps_its_extension() -> None:
    assert safe_name("ж" * 300 + ".pptx").endswith("ж.pptx")


def test_undecodable_bytes_stay_visible() -> None:
    path = os.fsdecode(b"folder/\xff\xfe.pdf")
    assert printable_path(path) == "folder/\\xff\\xfe.pdf"
    assert safe_name(printable_path(path)) == "%ff%fe.pdf"


def test_backslash_is_told_from_an_undecodable_byte() -> None:
    path = "folder/a\\xff.pdf"
    assert printable_path(path) == "folder/a\\\\xff.pdf"
    assert safe_name(printable_path(path)) == "a_xff.pdf"


@given(st.binary(min_size=1, max_size=8), st.binary(min_size=1, max_size=8))
def test_printable_paths_differ_where_paths_do(one: bytes, other: bytes) -> None:
    first, second = printable_path(os.fsdecode(one)), printable_path(os.fsdecode(other))
    assert (first == second) == (one == other)
    first.encode("utf-8")


def test_taken_names_are_numbered_whatever_their_case() -> None:
    assert unique_name("a.pdf", []) == "a.pdf"
    assert unique_name("A.pdf", ["a.pdf", "a (2).pdf"]) == "A (3).pdf"
