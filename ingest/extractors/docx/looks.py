"""What the looks of a run say about its text: whether it is hidden, and whether it is written in symbols.

Source: ISO/IEC 29500-1, 17.3.2.41 (vanish), 17.3.2.26 (rFonts).
"""

from __future__ import annotations

from lxml import etree

from ingest.extractors.docx.file import DINGBATS, HIDDEN, SYMBOLS, WordFile
from ingest.extractors.docx.styles import W, is_on, value
from ingest.extractors.symbols import is_symbol_font

_PROPERTIES = f"{W}rPr"


class Looks:
    """Looks of runs in one part; where the part has nothing hidden and no symbols, they do not `matter`."""

    def __init__(self, file: WordFile, part: str) -> None:
        self._styles = file.styles
        self._has_hidden = file.parts.mentions(part, HIDDEN) or file.styles.has_hidden
        self._has_symbols = file.parts.mentions(part, SYMBOLS) or file.parts.mentions(part, DINGBATS)
        self.matter = self._has_hidden or self._has_symbols

    def of(self, run: etree._Element, style_hides: bool) -> tuple[bool, str]:
        """Say whether a run is hidden, and in which font of symbols it is written, "" for none."""
        properties = run.find(_PROPERTIES)
        is_hidden = self._has_hidden and self._hides(properties, style_hides)
        return is_hidden, _symbol_font(properties) if self._has_symbols else ""

    def _hides(self, properties: etree._Element | None, style_hides: bool) -> bool:
        if properties is None:
            return style_hides
        vanish = properties.find(f"{W}vanish")
        if vanish is not None:
            return is_on(vanish)
        style = value(properties.find(f"{W}rStyle"))
        return style_hides or (style != "" and self._styles.of(style).is_hidden)


def _symbol_font(properties: etree._Element | None) -> str:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    return font if is_symbol_font(font) else ""
