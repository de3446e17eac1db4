"""Characters of symbol fonts, which have meaning in their font alone -> what they show, in Unicode.

Word keeps them as codes of the font (0x20 to 0xFF) or in the private use area from U+F000. The letters and
signs of Symbol are all here; of Wingdings, those that stand in texts: marks, arrows, numbers, hands, signs of
post and telephone. Ornaments are not.

Source: Adobe Symbol encoding (PDF 32000-1, annex D.6); Unicode L2/11-052 (Wingdings).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

PRIVATE = range(0xF000, 0xF100)
"""Where Word puts the codes of symbol fonts."""


def _table(*runs: tuple[int, str]) -> Mapping[int, str]:
    return {
        first + place: character for first, characters in runs for place, character in enumerate(characters)
    }


_SYMBOL = _table(
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x60, "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"),
    (0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    (0xE0, "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"),
    (0xF1, "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
)
_WINGDINGS = _table(
    (0x20, " ✏✂✁"),
    (0x28, "☎✆✉"),
    (0x41, "✌👌👍👎☜☞☝☟✋☺😐☹"),
    (0x51, "✈☼"),
    (0x6C, "●❍■□"),
    (0x71, "❑❒⬧⧫◆❖⬥"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9E, "·•▪○"),
    (0xA4, "◉◎"),
    (0xA7, "▪◻"),
    (0xAB, "★"),
    (0xD5, "⌫⌦"),
    (0xD8, "➢"),
    (0xDC, "➲"),
    (0xDF, "←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂"),
    (0xFB, "✗✓☒☑"),
)
_WINGDINGS_2 = _table(
    (0x20, " "),
    (0x42, "👈👉"),
    (0x4A, "👆👇"),
    (0x4F, "✗✓☒☑☒☒"),
    (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x95, "•●"),
    (0xA0, "■"),
    (0xA3, "□"),
    (0xAE, "◆◇"),
    (0xEA, "★"),
)
_WINGDINGS_3 = _table((0x20, " "), (0x66, "←→↑↓↖↗↙↘"), (0x70, "▲▼△▽◄►◁▷◣◢◤◥"), (0x81, "▲▼◀▶"))
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": {0x20: " "},
}


def is_symbol_font(font: str) -> bool:
    """Say whether what is written in a font is no text by itself."""
    return font.lower() in _FONTS


def symbol(font: str, code: int) -> str:
    """Return what a character of a font shows; "" where that is not known."""
    table = _FONTS.get(font.lower())
    if table is not None:
        return table.get(code - PRIVATE.start if code in PRIVATE else code, "")
    is_known = 0x20 <= code < 0x110000 and not 0xD800 <= code <= 0xF8FF
    return chr(code) if is_known else ""


def symbols(font: str, text: str) -> Iterable[str]:
    """Return what each character of a text in a symbol font shows; letters beyond its codes stay."""
    for character in text:
        code = ord(character)
        yield symbol(font, code) if code < 0x100 or code in PRIVATE else character
