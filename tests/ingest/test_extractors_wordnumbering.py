from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.extractors.numerals import numeral
from tests.ingest.wordmaking import lines, paragraph, part, read_text


def level(number: int, text: str, style: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(*levels: str, number: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def a_list(number: int, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(number: int | str, place: int | str = 0, text: str = "x", style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    looks = f'{named}<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, looks)


def labels(folder: Path, numbering: str, items: Sequence[str], styles: str = "") -> list[str]:
    parts = {"numbering.xml": part("numbering", numbering), "styles.xml": part("styles", styles)}
    found = lines(read_text(folder, "".join(items), parts))
    return [line.removesuffix("x").rstrip() for line in found]


OUTLINE = definition(
    level(0, "%1."),
    level(1, "%1.%2.", "upperRoman"),
    level(2, "(%3)", "lowerLetter", '<w:suff w:val="nothing"/>'),
)


def test_levels_count_and_begin_anew_after_a_higher_one(tmp_path: Path) -> None:
    places = (0, 1, 1, 2, 2, 0, 1, 2)
    found = labels(tmp_path, OUTLINE + a_list(1), [item(1, place) for place in places])
    assert found == ["1.", "1.I.", "1.II.", "(a)", "(b)", "2.", "2.I.", "(a)"]


def test_the_gap_after_a_number_is_a_space_or_nothing(tmp_path: Path) -> None:
    parts = {"numbering.xml": part("numbering", OUTLINE + a_list(1))}
    found = lines(read_text(tmp_path, item(1, 0, "Wort") + item(1, 2, "Wort"), parts))
    assert found == ["1. Wort", "(a)Wort"]


def test_lists_of_one_definition_count_on_and_others_do_not(tmp_path: Path) -> None:
    numbering = definition(level(0, "%1")) + definition(level(0, "%1"), number=7)
    numbering += a_list(1) + a_list(2) + a_list(3, of=7)
    assert labels(tmp_path, numbering, [item(1), item(2), item(3), item(1)]) == ["1", "2", "1", "3"]


def test_a_list_that_begins_anew_does_so_once(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = definition(level(0, "%1")) + a_list(1) + a_list(2, more=anew)
    items = [item(1), item(1), item(2), item(2), item(1)]
    assert labels(tmp_path, numbering, items) == ["1", "2", "5", "6", "7"]


def test_a_level_begins_anew_where_the_list_first_stands_on_it(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering = definition(level(0, "%1"), level(1, "%1.%2")) + a_list(1) + a_list(2, more=anew)
    items = [item(1), item(2, 1), item(1), item(2), item(2, 1)]
    assert labels(tmp_path, numbering, items) == ["1", "1.1", "2", "7", "7.1"]


def test_a_list_may_describe_a_level_otherwise(tmp_path: Path) -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "§ %1", start=3)}</w:lvlOverride>'
    numbering = definition(level(0, "%1")) + a_list(1, more=other)
    assert labels(tmp_path, numbering, [item(1), item(1)]) == ["§ 3", "§ 4"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("0", ["1", "1.1", "2", "2.2"]), ("1", ["1", "1.1", "2", "2.1"])],
)
def test_a_level_begins_anew_after_the_level_it_names(
    tmp_path: Path, restart: str, expected: list[str]
) -> None:
    rule = f'<w:lvlRestart w:val="{restart}"/>'
    numbering = definition(level(0, "%1"), level(1, "%1.%2", more=rule)) + a_list(1)
    assert labels(tmp_path, numbering, [item(1, 0), item(1, 1), item(1, 0), item(1, 1)]) == expected


def test_a_level_without_one_above_counts_as_if_there_were_the_first(tmp_path: Path) -> None:
    numbering = definition(level(0, "%1", start=2), level(1, "%1.%2")) + a_list(1)
    assert labels(tmp_path, numbering, [item(1, 1), item(1, 1), item(1, 0)]) == ["2.1", "2.2", "2"]


def test_levels_above_stand_in_digits_where_the_level_says_so(tmp_path: Path) -> None:
    numbering = definition(level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")) + a_list(1)
    assert labels(tmp_path, numbering, [item(1, 0), item(1, 1)]) == ["I", "1.1"]


def test_bullets_and_lists_that_are_none_leave_the_text_alone(tmp_path: Path) -> None:
    numbering = definition(level(0, "\uf0b7", "bullet"), level(1, "%2", "none")) + a_list(1)
    assert labels(tmp_path, numbering, [item(1, 0), item(1, 1), item(0), item(99)]) == [""] * 4


def test_a_format_of_its_own_is_taken_from_the_alternatives(tmp_path: Path) -> None:
    own = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    usual = '<w:numFmt w:val="decimal"/>'
    alternate = (
        f"<mc:AlternateContent><mc:Choice Requires='w14'>{own}</mc:Choice>"
        f"<mc:Fallback>{usual}</mc:Fallback></mc:AlternateContent>"
    )
    numbering = definition(level(0, "Nr. %1").replace(usual, alternate)) + a_list(1)
    assert labels(tmp_path, numbering, [item(1), item(1)]) == ["Nr. 001", "Nr. 002"]


def test_text_of_a_level_without_a_number_is_shown(tmp_path: Path) -> None:
    numbering = definition(level(0, "Anlage", "none")) + a_list(1)
    assert labels(tmp_path, numbering, [item(1)]) == ["Anlage"]


def test_styles_number_their_paragraphs_at_the_level_that_names_them(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="H2"><w:pPr><w:numPr><w:ilvl w:val="5"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:styleId="Sub"><w:basedOn w:val="H2"/></w:style>'
    )
    numbering = definition(
        level(0, "%1", more='<w:pStyle w:val="H1"/>'), level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')
    ) + a_list(1)
    items = [paragraph("x", f'<w:pStyle w:val="{style}"/>') for style in ("H1", "H2", "Sub", "H1", "H2")]
    items.append(item(0, style="H1"))
    assert labels(tmp_path, numbering, items, styles) == ["1", "1.1", "1.2", "2", "2.1", ""]


def test_a_definition_that_names_a_style_of_numbering_is_that_of_the_style(tmp_path: Path) -> None:
    numbering = (
        definition(number=1, more='<w:numStyleLink w:val="Liste"/>')
        + definition(level(0, "Art. %1"), number=2, more='<w:styleLink w:val="Liste"/>')
        + a_list(1, of=1)
    )
    assert labels(tmp_path, numbering, [item(1), item(1)]) == ["Art. 1", "Art. 2"]


def test_what_is_deleted_or_hidden_is_not_counted(tmp_path: Path) -> None:
    looks = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    deleted = paragraph(
        "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>", looks + "<w:rPr><w:del/></w:rPr>"
    )
    hidden = paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>weg</w:t></w:r>", looks)
    numbering = definition(level(0, "%1")) + a_list(1)
    found = labels(tmp_path, numbering, [item(1), deleted, item(1), hidden, item(1)])
    assert found == ["1", "2", "3", "weg"]


def test_numbers_of_empty_cells_are_shown(tmp_path: Path) -> None:
    rows = "".join(
        f"<w:tr><w:tc>{paragraph('<w:r/>', looks)}</w:tc><w:tc>{paragraph('Stadt')}</w:tc></w:tr>"
        for looks in ['<w:numPr><w:numId w:val="1"/></w:numPr>'] * 2
    )
    parts = {"numbering.xml": part("numbering", definition(level(0, "%1.")) + a_list(1))}
    assert lines(read_text(tmp_path, f"<w:tbl>{rows}</w:tbl>", parts)) == ["1.\tStadt", "2.\tStadt"]


def test_lists_in_headers_and_boxes_do_not_disturb_those_of_the_text(tmp_path: Path) -> None:
    boxed = f"<w:r><w:pict><w:txbxContent>{item(1, text='Kasten')}</w:txbxContent></w:pict></w:r>"
    parts = {
        "numbering.xml": part("numbering", definition(level(0, "%1.")) + a_list(1)),
        "header1.xml": part("hdr", item(1, text="Kopf")),
    }
    body = item(1, text="eins") + paragraph(boxed) + item(1, text="zwei")
    found = [line for line in lines(read_text(tmp_path, body, parts)) if line]
    assert found == ["1. Kopf", "1. eins", "1. Kasten", "2. zwei"]


@pytest.mark.parametrize(
    ("style", "number", "written"),
    [
        ("decimal", 12, "12"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("lowerLetter", 26, "z"),
        ("upperLetter", 28, "BB"),
        ("russianLower", 1, "а"),
        ("russianLower", 10, "к"),
        ("russianUpper", 28, "Я"),
        ("russianUpper", 29, "АА"),
        ("decimalZero", 7, "07"),
        ("0000", 7, "0007"),
        ("ordinal", 3, "3."),
        ("chicago", 6, "††"),
        ("hex", 255, "FF"),
        ("numberInDash", 2, "- 2 -"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedParen", 21, "(21)"),
        ("arabicAlpha", 3, "3"),
        ("none", 3, ""),
        ("lowerLetter", 0, "0"),
        ("upperRoman", 10**9, "1000000000"),
    ],
)
def test_numerals_are_written_as_word_writes_them(style: str, number: int, written: str) -> None:
    assert numeral(number, style) == written


@pytest.mark.parametrize("start", ["99999999999999999999", "-5", "viele"])
def test_numbers_that_make_no_sense_are_bounded(tmp_path: Path, start: str) -> None:
    described = level(0, "%1", "upperRoman").replace('w:start w:val="1"', f'w:start w:val="{start}"')
    (found,) = labels(tmp_path, definition(described) + a_list(1), [item(1)])
    assert len(found) < 50
