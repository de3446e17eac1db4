"""Numbers as a spreadsheet shows them: the format codes of cells.

Shown as with English settings, which a file does not overrule: 1,234.5. Dates whose form hangs on the
settings of the reader's computer are given as 2017-06-12. Colours and widths are left out.

Source: ISO/IEC 29500-1, 18.8.30 (numFmt) and 18.8.31 (numFmts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne

from ingest.extractors.xlsx import numberdates

_DATE = "yyyy-mm-dd"
BUILTIN_FORMATS: dict[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: _DATE,
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: f"{_DATE} h:mm",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), _DATE),
    **dict.fromkeys((32, 34), "h:mm"),
    **dict.fromkeys((33, 35), "h:mm:ss"),
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
"""Formats that files name by number alone."""

_TOKEN = re.compile(
    r'(?P<quoted>"[^"]*"?)|(?P<escaped>\\.)|_.|\*.|(?P<bracket>\[[^\]]*\]?)'
    r"|(?P<general>general|standard|основной)|(?P<place>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<exponent>E[+-])|(?P<slash>/)|(?P<at>@)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARE = {"<": lt, ">": gt, "<=": le, ">=": ge, "=": eq, "<>": ne}
_CURRENCY = re.compile(r"\$([^-\]]*)")
_MOST_CHARACTERS = 255
_MOST_SECTIONS = 4
_MOST_DECIMALS = 30


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One format code, taken apart once for all cells that have it."""

    sections: tuple[_Section, ...]

    @classmethod
    def parse(cls, code: str) -> NumberFormat:
        """Take a format code apart; one of absurd length is as good as none."""
        sections: list[list[tuple[str, str]]] = [[]]
        for match in _TOKEN.finditer(code if len(code) <= _MOST_CHARACTERS else "General"):
            if match[0] == ";":
                sections.append([])
            else:
                sections[-1].append((match.lastgroup or "", match[0]))
        return cls(tuple(map(_Section.parse, sections[:_MOST_SECTIONS])))

    def number(self, value: float, *, from_1904: bool = False) -> str:
        """Return a number as it is shown; "" where the format shows nothing."""
        section, negative = self._choose(value)
        if section is None:
            return general(value)
        if section.is_date and not section.is_general:
            shown = numberdates.shown(section.code, value, from_1904=from_1904)
            return general(value) if shown is None else shown
        text = section.general(abs(value)) if section.is_general else section.number(abs(value))
        return f"-{text}" if negative and any(character in "123456789" for character in text) else text

    def text(self, value: str) -> str:
        """Return a text as it is shown; "" where the format shows none."""
        last = self.sections[-1]
        return last.text(value) if last.has_text or len(self.sections) == _MOST_SECTIONS else value

    def _choose(self, value: float) -> tuple[_Section | None, bool]:
        """Return the section for a value, and whether a minus has to stand before what it shows."""
        sections = [section for section in self.sections[:3] if not section.is_only_text]
        for section in sections:
            if section.condition is not None and section.condition.holds(value):
                return section, value < 0
        plain = [section for section in sections if section.condition is None]
        if not plain:
            return None, False
        if any(section.condition is not None for section in sections):
            return plain[-1], value < 0
        if value < 0 and len(plain) > 1:
            return plain[1], False
        return (plain[2] if value == 0 and len(plain) > 2 else plain[0]), value < 0


def general(value: float) -> str:
    """Return a number without a format: at most eleven digits, as programs show it."""
    if abs(value) < 1e11 and value == int(value):
        return str(int(value))
    text = f"{value:.10g}"
    return text.replace("e+", "E+").replace("e-", "E-")


@dataclass(frozen=True, slots=True)
class _Condition:
    operator: str
    limit: float

    def holds(self, value: float) -> bool:
        return bool(_COMPARE[self.operator](value, self.limit))


@dataclass(frozen=True, slots=True)
class _Section:
    """What a format says of positive numbers, negative ones, zero, or texts."""

    code: str
    tokens: tuple[tuple[str, str], ...]
    condition: _Condition | None
    is_general: bool
    is_date: bool
    has_text: bool
    is_only_text: bool

    @classmethod
    def parse(cls, found: list[tuple[str, str]]) -> _Section:
        tokens: list[tuple[str, str]] = []
        condition = None
        for kind, text in found:
            if kind == "bracket":
                inside = text.strip("[]")
                if limit := _CONDITION.fullmatch(inside):
                    condition = _Condition(limit[1], float(limit[2]))
                elif currency := _CURRENCY.match(inside):
                    tokens.append(("literal", currency[1]))
            elif kind == "quoted":
                tokens.append(("literal", text.strip('"')))
            elif kind == "escaped":
                tokens.append(("literal", text[1:]))
            elif kind:
                tokens.append((kind, text))
        code = "".join(text for _, text in found)
        kinds = {kind for kind, _ in tokens}
        return cls(
            code,
            tuple(tokens),
            condition,
            is_general="general" in kinds,
            is_date=numberdates.is_date(code),
            has_text="at" in kinds,
            is_only_text="at" in kinds and "place" not in kinds,
        )

    def general(self, value: float) -> str:
        return "".join(
            general(value) if kind == "general" else text
            for kind, text in self.tokens
            if kind in ("general", "literal")
        ).strip()

    def text(self, value: str) -> str:
        return "".join(
            value if kind == "at" else text for kind, text in self.tokens if kind in ("at", "literal")
        )

    def number(self, value: float) -> str:
        kinds = [kind for kind, _ in self.tokens]
        try:
            exact = Decimal(repr(value)) * 100 ** kinds.count("percent")
        except (InvalidOperation, ValueError):
            return general(value)
        if "exponent" in kinds:
            return self._scientific(exact)
        if "slash" in kinds and "place" in kinds:
            return self._fraction(exact)
        return _filled(self.tokens, exact)

    def _scientific(self, value: Decimal) -> str:
        at = [kind for kind, _ in self.tokens].index("exponent")
        decimals = _decimals(self.tokens[:at])
        mantissa, _, exponent = f"{value:.{decimals}E}".partition("E")
        width = sum(kind == "place" for kind, _ in self.tokens[at:])
        return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(min(width, _MOST_DECIMALS))}"

    def _fraction(self, value: Decimal) -> str:
        slash = [kind for kind, _ in self.tokens].index("slash")
        digits = sum(kind == "place" for kind, _ in self.tokens[slash:])
        whole, rest = divmod(Fraction(value), 1)
        part = rest.limit_denominator(10 ** min(max(digits, 1), 5) - 1)
        whole, part = (whole + 1, Fraction(0)) if part == 1 else (whole, part)
        pieces = [str(whole)] if whole or not part else []
        return " ".join([*pieces, f"{part.numerator}/{part.denominator}"] if part else pieces)


def _decimals(tokens: tuple[tuple[str, str], ...]) -> int:
    kinds = [kind for kind, _ in tokens]
    after = kinds[kinds.index("point") :] if "point" in kinds else []
    return min(after.count("place"), _MOST_DECIMALS)


def _filled(tokens: tuple[tuple[str, str], ...], value: Decimal) -> str:
    """Put the digits of a number into the places of its format."""
    kinds = [kind for kind, _ in tokens]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    before = [number for number, kind in enumerate(kinds[:point]) if kind == "place"]
    after = [number for number, kind in enumerate(kinds) if kind == "place" and number > point]
    thousands = 0
    last_place = max([*before, *after], default=len(kinds))
    while kinds[last_place + 1 + thousands :][:1] == ["comma"]:
        thousands += 1
    try:
        value = (value / 1000**thousands).quantize(Decimal(1).scaleb(-_decimals(tokens)), ROUND_HALF_UP)
    except InvalidOperation:
        return general(float(value))
    whole, _, fraction = f"{value:f}".partition(".")
    digits = dict(zip(after, fraction, strict=False))
    while digits and digits[last := max(digits)] == "0" and tokens[last][1] != "0":
        del digits[last]
    digits |= _whole_digits(tokens, before, "" if whole == "0" else whole)
    shown = []
    for number, (kind, text) in enumerate(tokens):
        if kind == "place":
            shown.append(digits.get(number, ""))
        elif kind in ("literal", "percent", "slash") or (kind == "point" and digits.keys() & set(after)):
            shown.append(text)
    return "".join(shown).strip()


def _whole_digits(tokens: tuple[tuple[str, str], ...], before: list[int], whole: str) -> dict[int, str]:
    """Divide the digits before the point among their places, from the right; the first takes what is left."""
    if not before:
        return {}
    zeros = next((len(before) - nth for nth, number in enumerate(before) if tokens[number][1] == "0"), 0)
    whole = whole.zfill(zeros) if zeros else whole
    if any(kind == "comma" for kind, _ in tokens[before[0] : before[-1]]):
        grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
        return {before[0]: grouped}
    split = max(len(whole) - len(before) + 1, 0)
    digits = {before[0]: whole[:split]}
    rest = whole[split:]
    return digits | dict(zip(reversed(before[1:]), reversed(rest), strict=False))
