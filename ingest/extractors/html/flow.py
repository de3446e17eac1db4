"""The tree of a web page -> paragraphs and table rows, as a browser would show them one under the other.

Read: text in order, headings, table rows with their cells in one line, lists with numbers, alternative texts
and captions, what opens on a click. Text that is not shown is read where it is more than a few words, since
tabs and accordions hide the days of a programme; else it is counted.

Source: HTML Living Standard, 15 (Rendering).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from lxml import etree

from ingest.extractors.flow import Block
from ingest.extractors.html.boilerplate import CONTROLS, is_boilerplate, may_be_boilerplate
from ingest.extractors.html.lists import LISTS, OpenLists
from ingest.extractors.html.measure import INVISIBLE, Measure
from ingest.extractors.mathml import formula_line

_LEFT_OUT = INVISIBLE | {"iframe", "embed", "param"}
_OTHERWISE = frozenset(("noscript", "noframes"))
"""What a browser shows that cannot show the rest."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table "
        "tbody tfoot thead tr ul frame dir legend dialog hgroup search optgroup listing xmp plaintext",
    )
)
_APART = frozenset(
    re.findall(
        r"\w+", "select option button textarea video audio canvas object meter progress title desc text"
    )
)
"""What a browser draws beside the words around it without a space in the markup; the last in drawings."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TAGS = re.compile(r"<[!?/a-zA-Z][^<>]*>")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAKING = re.compile(r"(page-)?break-before\s*:\s*(always|page|left|right)", re.IGNORECASE)
_MANY_CHARACTERS = 200
"""Text of this length that is not shown waits for a click."""
_ROW_CHARACTERS = 1500
"""A row with more text is not one of a table but a column of the page."""


class HtmlFlow:
    """Reads one tree.

    With `whole`, nothing is taken for boilerplate; with `otherwise`, what stands in for the rest is read.
    """

    def __init__(
        self,
        held: Mapping[etree._Element, Measure],
        site: Collection[etree._Element] = (),
        *,
        whole: bool = False,
        otherwise: bool = False,
    ) -> None:
        """`site` are the headings that name the site, not the page."""
        self.blocks: list[Block] = []
        self.counts: Counter[str] = Counter()
        self._held = held
        self._site = site
        self._whole = whole
        self._otherwise = otherwise
        self._pieces: list[str] = []
        self._cells: list[str] = []
        self._rows = 0
        self._verbatim = 0
        self._lists = OpenLists()
        self._label = ""
        self._navigations = 0
        self._starts_page = False

    def read(self, root: etree._Element) -> None:
        """Add the blocks of a tree."""
        page = self._held[root]
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: set[etree._Element] = set()
        for event, element in walk:
            if event == "start":
                if element is not root and self._is_left_out(element, page):
                    skipped.add(element)
                    walk.skip_subtree()
                else:
                    self._begin(element)
                continue
            if element in skipped:
                skipped.discard(element)
            else:
                self._finish(element)
            if element is not root:
                self._add(element.tail)
        self._close()

    def _is_left_out(self, element: etree._Element, page: Measure) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT or (tag in _OTHERWISE and not self._otherwise):
            self.counts["framed pages"] += tag == "iframe" and bool(element.get("srcdoc", "").strip())
            return True
        if tag in CONTROLS and not self._whole:
            self.counts["form controls"] += any(text.strip() for text in element.itertext())
            return True
        held = self._held.get(element)
        if held is None:
            return False
        if tag == "svg":
            return not held.text
        if tag == "math":
            self.counts["formulas"] += 1
            self._add(f" {formula_line(element)} ")
            return True
        if _is_hidden(element) and held.text < _MANY_CHARACTERS and not held.files and not held.rows:
            self.counts["hidden parts"] += held.text > 0
            return True
        if not self._whole and may_be_boilerplate(element) and is_boilerplate(element, held, page):
            self.counts["menus and forms"] += 1
            return True
        return False

    def _begin(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "tr":
            self._begin_row(element)
        elif tag in _BLOCKS:
            self._border()
        elif tag in _APART:
            self._pieces.append(" ")
        if tag == "br":
            self._pieces.append("\n")
        elif tag in ("img", "area", "input"):
            self._pieces.append(_alternative(element))
            self.counts["pictures"] += tag == "img"
        elif tag == "pre":
            self._verbatim += 1
        elif tag in LISTS:
            self._lists.begin(element)
        elif tag == "li":
            self._label = "" if self._navigations else self._lists.label(element)
        elif tag == "nav":
            self._navigations += 1
        elif tag == "table":
            self.counts["tables"] += 1
        if _BREAKING.search(element.get("style", "")) and not self._rows:
            self._close()
            self._starts_page = True
        self._add(_TAGS.sub(" ", element.text or "") if tag in _OTHERWISE else element.text)

    def _finish(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "pre":
            self._border()
            self._verbatim -= 1
        elif tag in LISTS:
            self._border()
            self._lists.end()
        elif tag == "li":
            self._border()
            self._label = ""
        elif tag == "nav":
            self._border()
            self._navigations -= 1
        elif tag in _HEADINGS and not self._rows:
            self._close(heading=element not in self._site)
        elif tag in _BLOCKS:
            self._border()
        elif tag in _APART:
            self._pieces.append(" ")

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._label and text.strip():
            is_written = text.lstrip().startswith(self._label)
            self._pieces.append("" if is_written else f"{self._label} ")
            self._label, text = "", text if self._verbatim else text.lstrip()
        if text:
            self._pieces.append(text if self._verbatim else _SPACE.sub(" ", text))

    def _begin_row(self, element: etree._Element) -> None:
        """Take a row for one of a table, unless tables or much text are in it."""
        if self._rows:
            self._rows += 1
            self._border()
            return
        self._close()
        held = self._held[element]
        if not held.tables and held.text <= _ROW_CHARACTERS:
            self._rows = 1

    def _end_cell(self) -> None:
        if self._rows:
            self._cells.append(" ".join("".join(self._pieces).split()))
            self._pieces.clear()
        else:
            self._close()

    def _end_row(self) -> None:
        if self._rows > 1:
            self._rows -= 1
            self._border()
            return
        if self._rows:
            self._end_cell()
            line = "\t".join(self._cells).rstrip("\t")
            self._cells.clear()
            self._pieces = [line]
            self._rows = 0
        self._close()

    def _border(self) -> None:
        """End a paragraph; in a row of a table, a line."""
        if self._rows:
            self._pieces.append("\n")
        else:
            self._close()

    def _close(self, heading: bool = False) -> None:
        if not self._pieces:
            return
        lines = "".join(self._pieces).split("\n")
        text = (
            "\n".join(lines) if self._verbatim else "\n".join(line.strip(" ") for line in lines).strip("\n")
        )
        self._pieces.clear()
        if text.strip():
            self.blocks.append(Block(text, heading, self._starts_page))
            self._starts_page = False


def is_measured(element: etree._Element) -> bool:
    """Say whether it matters how much text is in an element."""
    return element.tag in ("tr", "svg", "math") or _is_hidden(element) or may_be_boilerplate(element)


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or _HIDING.search(element.get("style", "")) is not None


def _alternative(element: etree._Element) -> str:
    if element.tag == "input" and element.get("type", "").lower() != "image":
        return ""
    text = element.get("alt", "").strip()
    return f" {text} " if text else ""
