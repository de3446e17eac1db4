from __future__ import annotations

import unicodedata

import pytest

from ingest.scenery import is_scenery, page_has_folder


@pytest.mark.parametrize(
    "path",
    [
        "Seite_files/style.css",
        "In/Seite-Dateien/jquery.min.js.Download",
        "Seite_файлы/logo.PNG",
        unicodedata.normalize("NFD", "Seite_файлы/fonts/a.woff2"),
        "page.files/saved_resource(1).html",
        "Seite_files/css2",
        "Seite_files/js.download",
    ],
)
def test_looks_of_a_page_are_scenery(path: str) -> None:
    assert is_scenery(path)


@pytest.mark.parametrize(
    "path",
    [
        "style.css",
        "Fotos/logo.png",
        "_files/logo.png",
        "Seite_files/programm.pdf",
        "Seite-Dateien/Vortrag 1.pptx",
        "Seite_files/Rede.docx",
        "Seite_files/folien.odp",
        "Seite_files/text.txt",
        "Seite_files/programm.pdf.download",
        "Seite_files.html",
    ],
)
def test_documents_and_other_pictures_are_none(path: str) -> None:
    assert not is_scenery(path)


def test_folder_is_known_by_its_page() -> None:
    assert page_has_folder("Seite_Dateien".replace("_", "-"), ["seite.HTM", "x.pdf"])
    assert not page_has_folder("Seite_files", ["Seite.pdf"])
    assert not page_has_folder("Seite", ["Seite.html"])
