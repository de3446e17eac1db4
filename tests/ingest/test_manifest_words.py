from __future__ import annotations

import datetime as dt

import pytest

from archive.model import Access
from ingest.manifest import ManifestRow, Trouble, read_manifest


def rows(text: str) -> tuple[ManifestRow, ...]:
    return read_manifest(text.encode(), "manifest.csv").rows


def test_words_and_short_years_that_people_write() -> None:
    (row,) = rows("Dateiname;Überschrift;Arbeitsgruppe;Tag;Sperrfrist\nx.pdf;Ü;AG 2;29.6.17;1.1.2027\n")
    assert (row.title, row.panel, row.date) == ("Ü", "AG 2", dt.date(2017, 6, 29))
    assert (row.access, row.embargoed_until, row.problems) == (Access.EMBARGOED, dt.date(2027, 1, 1), ())


@pytest.mark.parametrize(
    ("access", "embargo", "kept"),
    [
        ("", "bis 1.1.27", (Access.EMBARGOED, dt.date(2027, 1, 1))),
        ("intern", "1.1.2027", (Access.STAFF, None)),
        ("öffentlich", "1.1.2027", (Access.EMBARGOED, dt.date(2027, 1, 1))),
        ("2028-01-01", "1.1.2027", (Access.EMBARGOED, dt.date(2028, 1, 1))),
        ("", "bald", (None, None)),
    ],
)
def test_what_keeps_a_file_longer_counts(
    access: str, embargo: str, kept: tuple[Access | None, dt.date | None]
) -> None:
    (row,) = rows(f"Pfad;Zugang;Sperrfrist\na.pdf;{access};{embargo}\n")
    assert (row.access, row.embargoed_until) == kept
    assert [each.trouble for each in row.problems] == ([Trouble.DATE] if embargo == "bald" else [])


@pytest.mark.parametrize(("short", "year"), [("00", 2000), ("69", 2069), ("70", 1970), ("99", 1999)])
def test_short_year_is_near(short: str, year: int) -> None:
    assert rows(f"Pfad;Datum\na.pdf;1.2.{short}\n")[0].date == dt.date(year, 2, 1)
