from __future__ import annotations

import pytest

from ingest.zip_content import MemberError
from ingest.zip_directory import ZipEntry
from ingest.zip_names import NAMELESS, TOO_LONG, UNSAFE, decoded_names, member_path
from tests.ingest.zipped import unicode_path

RUSSIAN = ("Панель 1/Доклад.pdf", "Отчёт.doc")
GERMAN = ("Löhne/Übersicht.pdf", "Größe.pdf", "Fußgänger.pdf")


def entry(name: bytes, *, is_utf8: bool = False, extra: bytes = b"") -> ZipEntry:
    return ZipEntry(name, is_utf8, extra, 8, 0, 0, 0, 0, 0, False)


def decoded(*names: bytes) -> tuple[str, ...]:
    return tuple(decoded_names([entry(name) for name in names]))


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp866", RUSSIAN),
        ("cp866", ("ПРОГРАММА.DOC", "№5 Протокол.doc", "plan.txt")),
        ("cp866", ("Doklad_Иванов.pdf",)),
        ("cp866", ("Я.pdf",)),
        ("cp1251", (*RUSSIAN, "«Круглый стол» – итоги.doc")),
        ("cp850", GERMAN),
        ("cp850", ("Ärger.pdf",)),
        ("cp850", ("BÜRGERMEISTER DÜREN.PDF", "Café.pdf", "readme.txt")),
        ("cp437", GERMAN),
        ("cp1252", (*GERMAN, "Straße – neu.pdf")),
        ("utf-8", (*RUSSIAN, *GERMAN, "Ö.pdf")),
    ],
)
def test_names_without_an_encoding_are_told_by_how_they_read(encoding: str, names: tuple[str, ...]) -> None:
    assert decoded(*(name.encode(encoding) for name in names)) == names


def test_all_names_of_a_zip_together_tell_the_code_page() -> None:
    alone = "ÖÄ.pdf".encode("cp850")
    assert decoded(alone, *(name.encode("cp850") for name in GERMAN)) == ("ÖÄ.pdf", *GERMAN)
    assert decoded(alone, *(name.encode("cp866") for name in RUSSIAN)) == ("ЩО.pdf", *RUSSIAN)


def test_a_name_that_says_it_is_utf8_is_and_keeps_bytes_that_are_none() -> None:
    entries = [entry("Я – ä.pdf".encode(), is_utf8=True), entry(b"a\xff\xfe.pdf", is_utf8=True)]
    assert decoded_names(entries) == ["Я – ä.pdf", "a\udcff\udcfe.pdf"]


def test_the_name_beside_the_name_counts_only_where_it_belongs_to_it() -> None:
    name = "Доклад.pdf".encode("cp866")
    assert decoded_names([entry(name, extra=unicode_path(name, "Доклад – ä.pdf"))]) == ["Доклад – ä.pdf"]
    assert decoded_names([entry(name, extra=unicode_path(b"other", "Falsch.pdf"))]) == ["Доклад.pdf"]
    assert decoded_names([entry(name, extra=unicode_path(name, "x")[:-3] + b"\xff")]) == ["Доклад.pdf"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.pdf", "a.pdf"),
        ("./Panel 1//a.pdf", "Panel 1/a.pdf"),
        ("Panel 1\\unter\\a.pdf", "Panel 1/unter/a.pdf"),
        ("Panel 1/CON", "Panel 1/CON"),
        ("Panel 1/aux.txt. ", "Panel 1/aux.txt. "),
        ("...", "..."),
        ("a: erster Teil.pdf", "a: erster Teil.pdf"),
        ("a..b/..c", "a..b/..c"),
        ("ä" * 300, "ä" * 300),
    ],
)
def test_a_name_is_a_path_below_the_zip(name: str, path: str) -> None:
    assert member_path(name) == path


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("/etc/passwd", UNSAFE),
        ("\\\\server\\share\\a.pdf", UNSAFE),
        ("C:\\a.pdf", UNSAFE),
        ("c:", UNSAFE),
        ("../a.pdf", UNSAFE),
        ("a/../../b.pdf", UNSAFE),
        ("a\\..\\..\\b.pdf", UNSAFE),
        ("a/..", UNSAFE),
        ("", NAMELESS),
        (".", NAMELESS),
        ("./", NAMELESS),
        ("a\0.pdf", NAMELESS),
        ("ordner" * 700 + "/a", TOO_LONG),
        ("o/" * 100 + "a", TOO_LONG),
    ],
)
def test_a_name_that_leads_elsewhere_or_is_none_is_refused(name: str, why: str) -> None:
    with pytest.raises(MemberError) as caught:
        member_path(name)
    assert str(caught.value) == why
