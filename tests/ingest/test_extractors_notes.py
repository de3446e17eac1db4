"""Whatever puts text into the notes of a page, staff are asked about it."""

from __future__ import annotations

from pathlib import Path

from pptx import Presentation

from archive.model import Sensitive
from tests.ingest.wordmaking import paragraph, read_bytes, relations, text_parts, zipped


def test_notes_of_an_embedded_deck_are_told(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Fernwärme"
    slide.notes_slide.notes_text_frame.text = "Nur für uns"
    deck.save(tmp_path / "deck.pptx")
    shown = '<w:r><w:object><o:OLEObject r:id="deck"/></w:object></w:r>'
    parts: dict[str, str | bytes] = {**text_parts(paragraph(shown))}
    parts["word/_rels/document.xml.rels"] = relations({"deck": "package embeddings/deck.pptx"})
    parts["word/embeddings/deck.pptx"] = (tmp_path / "deck.pptx").read_bytes()
    extraction = read_bytes(tmp_path, zipped(parts))
    assert (extraction.pages[0].text, extraction.pages[0].notes) == ("Fernwärme", "Nur für uns")
    assert extraction.sensitive == (Sensitive.NOTES,)
