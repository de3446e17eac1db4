"""What stands inside a paragraph of a text: runs of letters, and everything else that may be among them.

Read: text, results of fields, insertions, symbols, ruby, equations, content controls, what a drawing holds.
Not read: deletions, instructions of fields, placeholders of content controls. Hidden text is kept apart.

Source: ISO/IEC 29500-1, 17.3.2 and 17.3.3 (runs), 17.13.5 (revisions), 17.5.2 (content controls).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from ingest.extractors.docx.drawing import MC, Drawing, chosen
from ingest.extractors.docx.fields import Fields, matched
from ingest.extractors.docx.file import FIELDS, WordFile
from ingest.extractors.docx.looks import Looks
from ingest.extractors.docx.paragraph import PAGE_BREAK, Paragraph
from ingest.extractors.docx.styles import W
from ingest.extractors.drawing import M
from ingest.extractors.drawing.equations import linear, space_between
from ingest.extractors.symbols import symbol, symbols

DELETED = frozenset((f"{W}del", f"{W}moveFrom"))

LEFT_OUT = DELETED | {
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr"),
        *("customXmlPr", "smartTagPr", "rubyPr", "ffData", "fldData", "delInstrText"),
    )
}
"""Elements whose content is no text of the document."""

_R, _T = f"{W}r", f"{W}t"
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}


class Inline:
    """Reads what stands inside the paragraphs of one part, one after the other."""

    def __init__(self, file: WordFile, part: str, root: etree._Element) -> None:
        self._file = file
        self._part = part
        self._has_changes = file.count_changes(root) > 0
        self._looks = Looks(file, part)
        self._marks = matched(self._field_marks(root)) if file.parts.mentions(part, FIELDS) else frozenset()
        self.fields = self.new_fields()
        self._paragraph = Paragraph()
        self._style_hides = False
        self._is_hidden = False
        self._font = ""
        self._equation_before = ""

    def read(self, element: etree._Element, paragraph: Paragraph, *, is_hidden: bool) -> None:
        """Add what an element holds to a paragraph. `is_hidden`: its style hides what says nothing else."""
        self._paragraph, self._style_hides, self._equation_before = paragraph, is_hidden, ""
        self._walk(element)

    def new_fields(self) -> Fields:
        """Return the fields of a container that stands for itself."""
        return Fields(self._marks)

    def close_fields(self) -> None:
        """Take account of the fields of a container, or of the part, that was read."""
        self._file.counts["fields without value"] += self.fields.without_value

    def is_deleted(self, properties: etree._Element | None) -> bool:
        """Say whether properties of a row or of the mark that ends a paragraph call it deleted."""
        if properties is None or not self._has_changes:
            return False
        return any(properties.find(name) is not None for name in DELETED)

    def _walk(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag in LEFT_OUT:
                continue
            elif tag == _T:
                self._text(child)
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag])
            elif reader := _READERS.get(tag):
                reader(self, child)
            else:
                self._walk(child)

    def _run(self, run: etree._Element) -> None:
        outer = self._is_hidden, self._font
        if self._looks.matter:
            self._is_hidden, self._font = self._looks.of(run, self._style_hides)
        self._walk(run)
        self._is_hidden, self._font = outer

    def _text(self, element: etree._Element) -> None:
        text = element.text or ""
        for child in element:
            text += child.tail or ""
        if "\n" in text:
            text = text.replace("\n", " ")
        if self._font and text:
            shown = list(symbols(self._font, text))
            self._file.counts["unknown symbols"] += shown.count("")
            text = "".join(shown)
        self._add(text)

    def _add(self, text: str) -> None:
        if self._equation_before and text:
            text = f"{space_between(self._equation_before, text)}{text}"
            self._equation_before = ""
        if not self.fields.silent:
            (self._paragraph.hidden if self._is_hidden else self._paragraph.pieces).append(text)

    def _break(self, element: etree._Element) -> None:
        is_page = element.get(f"{W}type") == "page"
        self._add("\n" if not is_page or self._is_hidden else PAGE_BREAK)

    def _rendered_break(self, _: etree._Element) -> None:
        """Note where a page ended on paper: before this paragraph where it has no text yet, else after it."""
        if any(piece.strip() for piece in self._paragraph.pieces):
            self._paragraph.ends_page = True
        else:
            self._paragraph.starts_page = True

    def _symbol(self, element: etree._Element) -> None:
        try:
            shown = symbol(element.get(f"{W}font") or "", int(element.get(f"{W}char") or "", 16))
        except ValueError:
            shown = ""
        self._file.counts["unknown symbols"] += not shown
        self._add(shown)

    def _field_mark(self, mark: etree._Element) -> None:
        self._add(self.fields.meet(mark))

    def _instruction(self, element: etree._Element) -> None:
        self.fields.instruct(element.text or "")

    def _simple_field(self, element: etree._Element) -> None:
        if len(element):
            self._walk(element)
        else:
            self._add(self.fields.shown_by(element.get(f"{W}instr") or ""))

    def _field_marks(self, root: etree._Element) -> list[etree._Element]:
        """Return the marks of fields that are met in reading: not those in what was deleted."""
        marks = list(root.iter(f"{W}fldChar"))
        return [mark for mark in marks if not self._is_gone(mark)] if self._has_changes else marks

    def _is_gone(self, element: etree._Element) -> bool:
        return any(
            above.tag in DELETED or (above.tag == f"{W}tr" and self.is_deleted(above.find(f"{W}trPr")))
            for above in element.iterancestors()
        )

    def _footnote(self, reference: etree._Element) -> None:
        self._note(self._file.footnotes, reference)

    def _endnote(self, reference: etree._Element) -> None:
        self._note(self._file.endnotes, reference)

    def _note(self, notes: dict[str, tuple[str, etree._Element]], reference: etree._Element) -> None:
        note = notes.pop(reference.get(f"{W}id", ""), None)
        if note is not None:
            self._paragraph.notes.append(note)

    def _comment(self, reference: etree._Element) -> None:
        self._paragraph.comments.append(reference.get(f"{W}id", ""))

    def _drawing(self, element: etree._Element) -> None:
        if self.fields.silent:
            return
        found = Drawing(
            element,
            self._file.counts,
            lambda identifier, reader: self._file.part_lines(self._part, identifier, reader),
        )
        for identifier in found.embedded:
            embedded = self._file.embedded_text(self._part, identifier)
            found.lines += embedded.lines
            self._paragraph.said += embedded.notes
        if self._is_hidden or found.is_unseen:
            self._paragraph.hidden += found.lines
            self._paragraph.hidden_boxes += found.boxes
        else:
            self._paragraph.lines += found.lines
            self._paragraph.boxes += found.boxes

    def _ruby(self, element: etree._Element) -> None:
        base, above = element.find(f"{W}rubyBase"), element.find(f"{W}rt")
        if base is not None:
            self._walk(base)
        if above is not None:
            self._add("(")
            self._walk(above)
            self._add(")")

    def _control(self, control: etree._Element) -> None:
        if not self._file.is_placeholder(control):
            self._walk(control)

    def _equation(self, element: etree._Element) -> None:
        self._file.counts["equations"] += 1
        text = linear(element)
        before = (self._paragraph.hidden if self._is_hidden else self._paragraph.pieces)[-1:]
        self._add(f"{space_between(before[0], text)}{text}" if before else text)
        self._equation_before = text

    def _equations(self, element: etree._Element) -> None:
        for number, equation in enumerate(element.iterchildren(f"{M}oMath")):
            self._add("\n" if number else "")
            self._equation(equation)

    def _alternatives(self, element: etree._Element) -> None:
        self._walk(chosen(element))


_READERS: Mapping[str, Callable[[Inline, etree._Element], None]] = {
    f"{W}br": Inline._break,
    f"{W}lastRenderedPageBreak": Inline._rendered_break,
    f"{W}sym": Inline._symbol,
    f"{W}fldChar": Inline._field_mark,
    f"{W}instrText": Inline._instruction,
    f"{W}fldSimple": Inline._simple_field,
    f"{W}footnoteReference": Inline._footnote,
    f"{W}endnoteReference": Inline._endnote,
    f"{W}commentReference": Inline._comment,
    f"{W}drawing": Inline._drawing,
    f"{W}pict": Inline._drawing,
    f"{W}object": Inline._drawing,
    f"{W}ruby": Inline._ruby,
    f"{W}sdt": Inline._control,
    f"{M}oMath": Inline._equation,
    f"{M}oMathPara": Inline._equations,
    f"{MC}AlternateContent": Inline._alternatives,
}
"""Elements that are read in a way of their own."""
