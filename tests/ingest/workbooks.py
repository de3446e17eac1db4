"""Workbooks written part by part, for tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import media_type_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}/main" xmlns:c="{DRAWING}/chart" '
    f'xmlns:xdr="{DRAWING}/spreadsheetDrawing"'
)
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def relationships(**targets: str) -> str:
    """`identifier="kind target"`."""
    found = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in ((name, text.split(" ", 1)) for name, text in targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    return f"<worksheet {NAMES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def inline(text: str, reference: str = "") -> str:
    named = f'r="{reference}"' if reference else ""
    return f'<c {named} t="inlineStr"><is><t>{text}</t></is></c>'


def package(sheets: Mapping[str, str], **parts: str) -> dict[str, str]:
    """`sheets`: attributes of a sheet's element -> its markup."""
    listed = "".join(f'<sheet {each} sheetId="{n}" r:id="s{n}"/>' for n, each in enumerate(sheets, 1))
    targets = {f"s{n}": f"worksheet worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)}
    return {
        "[Content_Types].xml": '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml" PartName="/xl/workbook.xml"/></Types>',
        "_rels/.rels": relationships(main="officeDocument xl/workbook.xml"),
        "xl/workbook.xml": f"<workbook {NAMES}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(**targets, p="person persons/person.xml"),
        **{f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets.values(), 1)},
        **parts,
    }


def write(path: Path, parts: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return path


def read(path: Path) -> Extraction:
    return extract(path, media_type_of(path))
