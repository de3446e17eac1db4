from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from archive.formats import format_label
from ingest.mediatypes import (
    FORMATS,
    UNKNOWN,
    extension_of,
    is_deck,
    is_system_file,
    is_text,
    media_type_of,
)


def package(main_type: str) -> bytes:
    return container(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/main.xml" ContentType="{main_type}.main+xml"/></Types>'
        }
    )


def container(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def compound_file(*streams: str, inside: tuple[str, ...] = ()) -> bytes:
    """A compound file: root, its streams as a list, and those of an object embedded in the last."""
    none = 0xFFFFFFFF

    def entry(name: str, right: int, child: int) -> bytes:
        encoded = name.encode("utf-16-le")
        return (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBB3I", len(encoded) + 2, 2, 0, none, right, child)
            + b"\0" * 48
        )

    entries = [entry("Root Entry", none, 1)]
    for number, name in enumerate(streams, start=1):
        last = number == len(streams)
        child = len(streams) + 1 if last and inside else none
        entries.append(entry(name, none if last else number + 1, child))
    entries += [entry(name, none, none) for name in inside]
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[none] * 108)
    directory = b"".join(entries)
    sectors = [directory[start : start + 512].ljust(512, b"\0") for start in range(0, len(directory), 512)]
    fat = [0xFFFFFFFD, *range(2, len(sectors) + 1), 0xFFFFFFFE]
    return bytes(header) + struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff") + b"".join(sectors)


OOXML = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("content", "name", "extension"),
    [
        (b"%PDF-1.7\n", "a.pdf", "pdf"),
        (b"\n" * 900 + b"%PDF-1.4", "a.doc", "pdf"),
        (package(OOXML + "presentationml.presentation"), "a.pptx", "pptx"),
        (package(OOXML + "presentationml.slideshow"), "a.pptx", "ppsx"),
        (package("application/vnd.ms-powerpoint.presentation.macroEnabled"), "a.pptm", "pptm"),
        (package(OOXML + "wordprocessingml.document"), "a.ppt", "docx"),
        (package(OOXML + "wordprocessingml.template"), "a.bin", "dotx"),
        (package(OOXML + "spreadsheetml.sheet"), "a.xlsx", "xlsx"),
        (container({"mimetype": "application/vnd.oasis.opendocument.presentation"}), "a.zip", "odp"),
        (container({"mimetype": "application/vnd.oasis.opendocument.text-template"}), "a.odt", "ott"),
        (container({"mimetype": "application/epub+zip"}), "a.epub", "epub"),
        (container({"content.xml": "<x/>"}), "a.odt", "odt"),
        (container({"Index/Document.iwa": ""}), "a.key", "key"),
        (container({"Vortrag.key/Index.zip": ""}), "a.key", "key"),
        (container({"Vortrag/content.xml": ""}), "a.zip", "zip"),
        (container({"readme.txt": "x"}), "a.docx", "zip"),
        (b"PK\x03\x04 and then cut off", "a.docx", "docx"),
        (b"PK\x03\x04 and then cut off", "a.txt", "zip"),
        (compound_file("WordDocument", "1Table"), "a.doc", "doc"),
        (compound_file("PowerPoint Document"), "a.doc", "ppt"),
        (compound_file("WordDocument", inside=("PowerPoint Document",)), "a.doc", "doc"),
        (compound_file("A", "B", "C", "D", "E", "Workbook"), "a", "xls"),
        (compound_file("EncryptedPackage", "EncryptionInfo"), "a.pptx", "pptx"),
        (compound_file("ENCRYPTEDPACKAGE"), "a", "docx"),
        (b"{\\rtf1 text}", "a.doc", "rtf"),
        (b"\xef\xbb\xbf\n{\\rtf1 text}", "a.txt", "rtf"),
        (b"<!DOCTYPE html>\n<html>", "a.pdf", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "a.xhtml", "html"),
        (b'<?xml version="1.0"?><svg/>', "a.svg", "svg"),
        (b'<?xml version="1.0"?><x/>', "a.doc", "xml"),
        (
            b'<?xml?><office:document office:mimetype="application/vnd.oasis.opendocument.text"/>',
            "a.xml",
            "fodt",
        ),
        (b"\xff\xd8\xff\xe0", "a.pdf", "jpg"),
        (b"\x89PNG\r\n\x1a\n", "a", "png"),
        (b"\x1f\x8b\x08", "a", "gz"),
        (b"7z\xbc\xaf\x27\x1c", "a", "7z"),
        (b"\0" * 257 + b"ustar", "a", "tar"),
        (b"# Titel\n\nText", "LIESMICH.md", "md"),
        (b"a;b;c\n1;2;3", "liste.csv", "csv"),
        ("Привет, мир".encode("cp1251"), "a.txt", "txt"),
        ("Привет, мир, это текст".encode("utf-16-le"), "a.txt", "txt"),
        (b"plain text", "a.odt", "txt"),
        (b"1 0 obj\n<< /Type /Catalog >>", "a.pdf", "pdf"),
        (b"-----BEGIN RSA PRIVATE KEY-----", "server.key", "pem"),
        (b"", "a.pptx", "pptx"),
    ],
)
def test_bytes_tell_the_type_before_the_name(
    tmp_path: Path, content: bytes, name: str, extension: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert media_type_of(path) == FORMATS[extension]


def test_bytes_nobody_knows_are_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.xyz"
    path.write_bytes(bytes(range(256)))
    assert media_type_of(path) == UNKNOWN
    assert format_label(UNKNOWN) == "?"


def test_the_depositor_s_name_counts_where_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "0a1b2c"
    path.write_bytes(b"a;b")
    assert media_type_of(path, "Teilnehmer.CSV") == "text/csv"


def test_compound_directory_that_runs_in_circles_ends(tmp_path: Path) -> None:
    content = bytearray(compound_file("WordDocument"))
    struct.pack_into("<I", content, 512 + 4, 1)
    path = tmp_path / "a.doc"
    path.write_bytes(content)
    assert media_type_of(path) == FORMATS["doc"]


def test_every_format_has_its_own_media_type() -> None:
    assert len(set(FORMATS.values())) == len(FORMATS)


def test_labels_decks_and_texts() -> None:
    assert format_label(FORMATS["pptx"]) == "PPTX"
    assert is_deck(FORMATS["odp"])
    assert not is_deck(FORMATS["pdf"])
    assert is_text(FORMATS["docx"])
    assert not is_text(FORMATS["pptx"])


def test_extension_is_lower_case_and_usual() -> None:
    assert [extension_of(name) for name in ("A.PDF", "b.jpeg", "c.htm", "noext", ".hidden")] == [
        "pdf",
        "jpg",
        "html",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "name", ["Thumbs.db", ".DS_Store", "~$Programm.docx", "desktop.ini", "__MACOSX", "._x.pdf", "a.docx~"]
)
def test_system_files_are_known(name: str) -> None:
    assert is_system_file(name)


@pytest.mark.parametrize("name", ["Programm.docx", "thumbs.pdf", "Städte.pptx", "desktop.pdf"])
def test_files_of_people_are_no_system_files(name: str) -> None:
    assert not is_system_file(name)
