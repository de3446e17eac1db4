"""Names of files become titles, and tell the language at their end."""

from __future__ import annotations

import pytest

from ingest.filenames import title_of, without_language


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("p/03_Wärme_für_Dörfer-de.pptx", "Wärme für Dörfer"),
        ("1. Begrüßung.pdf", "Begrüßung"),
        ("12-Docker_Umgebungen.pptx", "Docker Umgebungen"),
        ("02 Bürgerbeteiligung.pdf", "Bürgerbeteiligung"),
        ("Отчёт_о_встрече_rus.docx", "Отчёт о встрече"),
        ("Vortrag (RU).pdf", "Vortrag"),
        ("14 Tage in Krasnodar.odt", "14 Tage in Krasnodar"),
        ("2019-09-24 Vortrag.pdf", "2019-09-24 Vortrag"),
        ("20190924.pdf", "20190924"),
        ("2017 Bericht.pdf", "2017 Bericht"),
        ("Bilanz 2017.pdf", "Bilanz 2017"),
        ("Ende.pdf", "Ende"),
        ("___.pdf", "___"),
        ("ru.pdf", "ru"),
    ],
)
def test_a_name_becomes_a_title(path: str, title: str) -> None:
    assert title_of(path) == title


@pytest.mark.parametrize(
    ("stem", "divided"),
    [
        ("Vortrag_de", ("Vortrag", "de")),
        ("Vortrag-RU", ("Vortrag", "ru")),
        ("Vortrag en", ("Vortrag", "en")),
        ("Vortrag_rus", ("Vortrag", "ru")),
        ("Доклад (нем)", ("Доклад", "de")),
        ("Talk.english", ("Talk", "en")),
        ("Vortrag", ("Vortrag", "")),
        ("Gemeinde", ("Gemeinde", "")),
        ("de", ("de", "")),
    ],
)
def test_the_language_at_the_end_is_told(stem: str, divided: tuple[str, str]) -> None:
    assert without_language(stem) == divided
