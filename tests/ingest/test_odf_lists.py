"""Numbers of lists and headings in texts of OpenDocument."""

from __future__ import annotations

from pathlib import Path

from ingest.extraction import Extraction
from tests.ingest.opendocument import document, paragraph, read, write

NUMBERED = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" '
    'style:num-prefix="(" style:num-suffix=")"/><text:list-level-style-number text:level="3" '
    'style:num-format="I" text:display-levels="3" text:start-value="4"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    '<text:list-style style:name="P"><text:list-level-style-number text:level="1" style:num-format="1" '
    'loext:num-list-format="§ %1%"/></text:list-style>'
)


def items(*contents: str, attributes: str = 'text:style-name="L"') -> str:
    found = "".join(
        content if content.startswith("<text:list-") else f"<text:list-item>{content}</text:list-item>"
        for content in contents
    )
    return f"<text:list {attributes}>{found}</text:list>"


def text_of(tmp_path: Path, body: str, styles: str = "", **parts: str) -> Extraction:
    return read(
        write(tmp_path, "odt", content=document(f"<office:text>{body}</office:text>", styles), **parts)
    )


def lines(extraction: Extraction) -> list[str]:
    return extraction.pages[0].text.split("\n")


def test_lists_are_numbered_as_shown(tmp_path: Path) -> None:
    deep = items(paragraph("vier"), attributes="")
    second = items(paragraph("a1"), paragraph("a2") + deep, attributes="")
    start = f'<text:list-item text:start-value="9">{paragraph("neun")}</text:list-item>'
    header = f"<text:list-header>{paragraph('Kopf')}</text:list-header>"
    body = items(header, paragraph("eins") + paragraph("dazu"), paragraph("zwei") + second, start)
    assert lines(text_of(tmp_path, body, NUMBERED)) == [
        "Kopf",
        "1. eins",
        "dazu",
        "2. zwei",
        "(a) a1",
        "(b) a2",
        "2.b.IV vier",
        "9. neun",
    ]


def test_lists_begin_anew_unless_they_say_that_they_go_on(tmp_path: Path) -> None:
    body = "".join(
        items(paragraph(text), attributes=f'text:style-name="L" {more}')
        for text, more in (("a", ""), ("b", ""), ("c", 'text:continue-numbering="true"'), ("d", 'xml:id="x"'))
    )
    body += items(paragraph("frei"), attributes='text:style-name="B"')
    body += items(paragraph("e"), attributes='text:style-name="L" text:continue-list="x"')
    body += items(paragraph("f"), attributes='text:style-name="P"')
    assert lines(text_of(tmp_path, body, NUMBERED)) == [
        "1. a",
        "1. b",
        "2. c",
        "1. d",
        "frei",
        "2. e",
        "§ 1 f",
    ]


def test_a_level_that_nothing_stood_on_counts_as_if_its_first_did(tmp_path: Path) -> None:
    inner = items(paragraph("innen"), attributes="")
    body = items(inner, paragraph("außen"), inner, inner)
    assert lines(text_of(tmp_path, body, NUMBERED)) == ["(a) innen", "2. außen", "(a) innen", "(b) innen"]


def test_levels_without_numbers_show_what_stands_around_them(tmp_path: Path) -> None:
    levels = "".join(
        f'<text:list-level-style-{kind} text:level="{level}" {more}/>'
        for level, kind, more in (
            (1, "number", 'style:num-format="" style:num-prefix="Punkt" style:num-suffix=":"'),
            (2, "bullet", ""),
            (3, "number", 'style:num-format="1" text:display-levels="3" style:num-suffix="."'),
        )
    )
    deep = paragraph("a") + items(paragraph("b") + items(paragraph("c"), attributes=""), attributes="")
    found = lines(
        text_of(tmp_path, items(deep), f'<text:list-style style:name="L">{levels}</text:list-style>')
    )
    assert found == ["Punkt: a", "b", ".1. c"]


def test_a_list_goes_on_only_with_the_one_before(tmp_path: Path) -> None:
    body = "".join(
        items(paragraph(text), attributes=f'text:style-name="{style}" {more}')
        for text, style, more in (
            ("a", "L", ""),
            ("b", "P", ""),
            ("c", "L", 'text:continue-numbering="true"'),
        )
    )
    assert lines(text_of(tmp_path, body, NUMBERED)) == ["1. a", "§ 1 b", "1. c"]


def test_headings_are_numbered_where_their_outline_is(tmp_path: Path) -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
        '<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>'
    )
    body = "".join(
        f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'
        for level, text, more in (
            (1, "A", ""),
            (2, "B", ""),
            (3, "C", ""),
            (1, "D", 'text:is-list-header="true"'),
            (1, "E", ""),
            (2, "F", ""),
        )
    )
    body += '<text:h text:outline-level="2"><text:number>7.7</text:number>G</text:h>'
    assert lines(text_of(tmp_path, body, outline)) == ["1 A", "1.1 B", "C", "D", "2 E", "2.1 F", "7.7 G"]
