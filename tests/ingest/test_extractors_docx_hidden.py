"""Headers and drawings that a text keeps and does not show."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from ingest.extraction import Extraction
from tests.ingest.wordmaking import paragraph, part, read_bytes, read_text


def shown_and_hidden(extraction: Extraction) -> tuple[list[str], list[str]]:
    lines = [(line, page.hidden) for page in extraction.pages for line in page.text.split("\n")]
    return [line for line, hidden in lines if not hidden], [line for line, hidden in lines if hidden]


@pytest.mark.parametrize("is_on", [False, True])
def test_headers_of_first_and_even_pages_are_shown_where_they_are_on(tmp_path: Path, is_on: bool) -> None:
    text = docx.Document()
    section = text.sections[0]
    section.header.paragraphs[0].text = "Kopf"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Entwurf"
    section.even_page_footer.paragraphs[0].text = "Nur für uns"
    section.different_first_page_header_footer = is_on
    text.settings.odd_and_even_pages_header_footer = is_on
    text.add_paragraph("Fernwärme")
    text.save(str(tmp_path / "made.docx"))
    shown, hidden = shown_and_hidden(read_bytes(tmp_path, (tmp_path / "made.docx").read_bytes()))
    if is_on:
        assert sorted(shown) == ["Entwurf", "Fernwärme", "Kopf", "Nur für uns"]
        assert hidden == []
    else:
        assert (shown, sorted(hidden)) == (["Kopf", "Fernwärme"], ["Entwurf", "Nur für uns"])


def test_a_drawing_that_is_hidden_stands_apart(tmp_path: Path) -> None:
    box = (
        '<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="Form 1" hidden="1" descr="Bild der Preise"/>'
        "<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>"
        f"{paragraph('Preise von 2016')}"
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
    extraction = read_text(tmp_path, paragraph("Fernwärme") + paragraph(box))
    shown, hidden = shown_and_hidden(extraction)
    assert shown == ["Fernwärme"]
    assert sorted(hidden) == ["Bild der Preise", "Preise von 2016"]
    assert extraction.counts["hidden text"] == 2


def test_notes_that_nothing_refers_to_are_kept_on_a_hidden_page(tmp_path: Path) -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        for number, text in ((1, "Gezeigte Quelle"), (2, "Verwaiste Quelle"))
    )
    body = paragraph('<w:r><w:t>Fernwärme</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>')
    extraction = read_text(tmp_path, body, {"footnotes.xml": part("footnotes", notes)})
    assert shown_and_hidden(extraction) == (["Fernwärme", "Gezeigte Quelle"], ["Verwaiste Quelle"])
    assert extraction.counts["hidden text"] == 1
