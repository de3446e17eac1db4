from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extractors.symbols import symbol
from tests.ingest.wordmaking import (
    NAMES,
    lines,
    paragraph,
    part,
    read_bytes,
    read_text,
    relations,
    run,
    styled,
    text_parts,
    zipped,
)

BREAK = '<w:r><w:br w:type="page"/></w:r>'


def mark(kind: str, form: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{form}</w:fldChar></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def texts(folder: Path, body: str, parts: dict[str, str] | None = None) -> list[str]:
    return [page.text for page in read_text(folder, body, parts).pages]


def test_a_page_ends_in_the_middle_of_a_paragraph(tmp_path: Path) -> None:
    body = paragraph(run("eins") + BREAK + run("zwei") + BREAK) + paragraph("drei")
    assert texts(tmp_path, body) == ["eins", "zwei", "drei"]


def test_a_section_begins_as_its_own_end_says(tmp_path: Path) -> None:
    def end(kind: str) -> str:
        return f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>'

    body = (
        paragraph("eins", end("nextPage"))
        + paragraph("zwei", end("continuous"))
        + paragraph("drei", end("oddPage"))
        + paragraph("vier")
        + "<w:sectPr/>"
    )
    assert texts(tmp_path, body) == ["eins\nzwei", "drei", "vier"]


def test_styles_begin_pages_and_paragraphs_may_say_otherwise(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="K"><w:pPr><w:pageBreakBefore/></w:pPr></w:style>'
        '<w:style w:styleId="U"><w:basedOn w:val="K"/></w:style>'
    )
    no = '<w:pStyle w:val="K"/><w:pageBreakBefore w:val="0"/>'
    body = styled("eins", "K") + styled("zwei", "U") + paragraph("drei", no)
    assert texts(tmp_path, body, {"styles.xml": part("styles", styles)}) == ["eins", "zwei\ndrei"]


def test_headers_stand_with_the_first_text(tmp_path: Path) -> None:
    header = {"header1.xml": part("hdr", paragraph("Kopf"))}
    body = paragraph("eins", "<w:pageBreakBefore/>")
    assert texts(tmp_path, body, header) == ["Kopf\neins"]


@pytest.mark.parametrize(
    ("style", "is_heading"),
    [
        ('<w:name w:val="heading 3"/>', True),
        ('<w:name w:val="Überschrift 1"/>', True),
        ('<w:name w:val="Заголовок 2"/>', True),
        ('<w:name w:val="Kapitel"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>', True),
        ('<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>', False),
        ('<w:name w:val="Fließtext"/>', False),
        ('<w:name w:val="Kasten"/><w:basedOn w:val="Mutter"/>', True),
    ],
)
def test_headings_are_known_by_level_and_by_name(tmp_path: Path, style: str, is_heading: bool) -> None:
    mother = '<w:style w:styleId="Mutter"><w:name w:val="Title"/></w:style>'
    styles = {"styles.xml": part("styles", f'<w:style w:styleId="X">{style}</w:style>{mother}')}
    extraction = read_text(tmp_path, styled("Abfall", "X") + paragraph("Text"), styles)
    assert extraction.pages[0].title == ("Abfall" if is_heading else "")


def test_a_heading_in_a_style_that_is_nowhere_described_is_one(tmp_path: Path) -> None:
    assert read_text(tmp_path, styled("Abfall", "berschrift1")).pages[0].title == "Abfall"


def test_fields_that_never_end_or_never_began_hide_nothing(tmp_path: Path) -> None:
    body = (
        paragraph(mark("begin") + instruction(" REF a ") + run("eins"))
        + paragraph(run("zwei") + mark("separate") + run("drei") + mark("separate"))
        + paragraph(mark("end") + mark("end") + run("vier"))
        + paragraph(mark("begin") + run("fünf"))
    )
    assert lines(read_text(tmp_path, body)) == ["drei", "vier", "fünf"]


def test_the_end_of_a_field_that_was_deleted_ends_no_field(tmp_path: Path) -> None:
    body = paragraph(mark("begin") + run("eins") + f"<w:del>{mark('end')}</w:del>") + paragraph("zwei")
    assert lines(read_text(tmp_path, body)) == ["eins", "zwei"]


def test_a_result_may_have_many_paragraphs(tmp_path: Path) -> None:
    body = (
        paragraph(mark("begin") + instruction("TOC \\o") + mark("separate") + run("eins"))
        + paragraph("zwei")
        + paragraph(run("drei") + mark("end") + run(" vier"))
    )
    assert lines(read_text(tmp_path, body)) == ["eins", "zwei", "drei vier"]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("MACROBUTTON NoMacro [Name eintragen]", "[Name eintragen]"),
        ("EQ \\f(Kosten;Nutzen)", "Kosten Nutzen"),
        ('XE "Verborgen"', ""),
        ("PAGE", ""),
    ],
)
def test_fields_without_a_result_show_what_they_are_told_to(tmp_path: Path, content: str, shown: str) -> None:
    body = paragraph(run("a") + mark("begin") + instruction(content) + mark("end") + run("b"))
    extraction = read_text(tmp_path, body)
    assert lines(extraction) == [f"a{shown}b"]
    assert extraction.skipped == ()


def test_fields_that_nobody_had_computed_are_told(tmp_path: Path) -> None:
    open_field = mark("begin") + instruction("LISTNUM") + mark("end")
    simple = '<w:fldSimple w:instr="FILENAME"/>'
    extraction = read_text(tmp_path, paragraph(run("Text") + open_field + simple))
    assert extraction.skipped == ("Fields whose value is not in the file: 2.",)


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "☒"),
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☒"),
        ("<w:checkBox><w:checked w:val='0'/></w:checkBox>", "☐"),
        ("<w:ddList><w:listEntry w:val='Ja'/><w:listEntry w:val='Nein'/></w:ddList>", "Ja"),
        ("<w:ddList><w:result w:val='9'/><w:listEntry w:val='Ja'/></w:ddList>", ""),
        ("<w:textInput><w:default w:val='weg'/></w:textInput>", ""),
    ],
)
def test_fields_of_forms_show_what_was_chosen(tmp_path: Path, form: str, shown: str) -> None:
    begun = mark("begin", f"<w:ffData>{form}</w:ffData>") + instruction("FORM") + mark("separate")
    assert lines(read_text(tmp_path, paragraph(run("a") + begun + mark("end") + run("b")))) == [f"a{shown}b"]


def test_symbol_fonts_are_read_as_what_they_show(tmp_path: Path) -> None:
    body = paragraph(
        run("a", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
        + run("\uf0b3ж", '<w:rFonts w:ascii="Symbol"/>')
        + run("ü", '<w:rFonts w:ascii="Wingdings"/>')
        + '<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="Arial" w:char="2192"/>'
        '<w:sym w:font="Webdings" w:char="F061"/><w:sym w:font="x" w:char="zz"/></w:r>'
        + run("Text", '<w:rFonts w:ascii="Arial"/>')
    )
    extraction = read_text(tmp_path, body)
    assert lines(extraction) == ["α≥ж✓☺→Text"]
    assert extraction.counts["unknown symbols"] == 2
    assert symbol("Symbol", 0xF0FF) == symbol("Arial", 0xE000) == symbol("Arial", 0x110000) == ""


def test_hidden_text_stands_on_pages_that_are_hidden(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="V"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Z"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        paragraph(run("eins ") + run("zwei", "<w:vanish/>") + run("drei", '<w:vanish w:val="0"/>'))
        + styled("vier", "V")
        + paragraph(run("fünf", '<w:rStyle w:val="Z"/>') + run("sechs"))
        + "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>"
        + paragraph("sieben")
        + "</w:tc></w:tr></w:tbl>"
    )
    extraction = read_text(tmp_path, body, {"styles.xml": part("styles", styles)})
    assert [(page.text, page.hidden) for page in extraction.pages] == [
        ("eins drei\nsechs", False),
        ("zwei\nvier\nfünf\nsieben", True),
    ]
    assert extraction.counts["hidden text"] == 4
    assert [kind.value for kind in extraction.sensitive] == ["hidden"]


def test_a_cell_that_goes_on_is_read_once_and_what_it_covers_is_hidden(tmp_path: Path) -> None:
    def row(first: str, merge: str) -> str:
        cells = f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(first)}</w:tc><w:tc>{paragraph('b')}</w:tc>"
        return f"<w:tr>{cells}</w:tr>"

    begun, on = '<w:vMerge w:val="restart"/>', '<w:vMerge w:val="continue"/>'
    table = f"<w:tbl>{row('a', begun)}{row('a', on)}{row('anderes', on)}</w:tbl>"
    pages = read_text(tmp_path, table).pages
    assert [page.text for page in pages] == ["a\tb\n\tb\n\tb", "anderes"]
    assert pages[1].hidden


def test_a_table_of_one_column_is_running_text(tmp_path: Path) -> None:
    notes = part("footnotes", f'<w:footnote w:id="1">{paragraph("Note")}</w:footnote>')
    content = styled("Abfall", "Heading1") + paragraph(
        run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>'
    )
    content += paragraph(run("b") + BREAK + run("c"))
    table = f"<w:tbl><w:tr><w:tc>{content}</w:tc></w:tr></w:tbl>"
    pages = read_text(tmp_path, table, {"footnotes.xml": notes}).pages
    assert [(page.title, page.text) for page in pages] == [("Abfall", "Abfall\na\nNote\nb"), ("", "c")]


def test_notes_and_boxes_in_cells_follow_their_row(tmp_path: Path) -> None:
    notes = part("footnotes", f'<w:footnote w:id="1">{paragraph("Note")}</w:footnote>')
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('Kasten')}</w:txbxContent></w:pict></w:r>"
    first = paragraph(run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + box)
    table = f"<w:tbl><w:tr><w:tc>{first}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    assert lines(read_text(tmp_path, table, {"footnotes.xml": notes})) == ["a\tb", "Kasten", "Note"]


def test_answers_follow_what_they_answer_and_lost_comments_come_last(tmp_path: Path) -> None:
    comments = part(
        "comments",
        "".join(
            f'<w:comment w:id="{number}" w:author="{author}">'
            f'<w:p w14:paraId="{number}A">{run(text)}</w:p></w:comment>'
            for number, author, text in (
                (1, "Anna", "Frage"),
                (2, "", "Verwaist"),
                (3, "Boris &lt;b@example.org&gt;", "Antwort"),
                (4, "Clara", "Nachfrage"),
            )
        ),
    )
    threads = (
        f'<w15:commentsEx {NAMES}><w15:commentEx w15:paraId="3A" w15:paraIdParent="1A"/>'
        '<w15:commentEx w15:paraId="4A" w15:paraIdParent="3A"/>'
        '<w15:commentEx w15:paraId="1A" w15:paraIdParent="4A"/></w15:commentsEx>'
    )
    body = paragraph(run("Text") + '<w:r><w:commentReference w:id="1"/></w:r>' * 2)
    extraction = read_text(tmp_path, body, {"comments.xml": comments, "commentsExtended.xml": threads})
    assert extraction.pages[0].notes.split("\n") == [
        "↳ Anna: Frage",
        "↳ Boris: Antwort",
        "↳ Clara: Nachfrage",
        "Verwaist",
    ]
    assert extraction.counts["comments"] == 4


def test_marks_of_paragraphs_that_were_deleted_join_them(tmp_path: Path) -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    cells = "".join(f"<w:tc>{paragraph(text, deleted)}</w:tc>" for text in ("c", "d"))
    body = paragraph("a", deleted) + paragraph("b") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    body += paragraph("e", deleted)
    assert lines(read_text(tmp_path, body)) == ["ab", "c\td", "e"]


def test_a_large_first_letter_stands_with_its_word(tmp_path: Path) -> None:
    body = paragraph("D", '<w:framePr w:dropCap="drop" w:lines="3"/>') + paragraph("ie Stadt")
    body += paragraph("Rahmen", "<w:framePr/>") + paragraph("Text")
    assert lines(read_text(tmp_path, body)) == ["Die Stadt", "Rahmen", "Text"]


def test_comments_in_the_markup_and_line_ends_cut_no_text(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>Ab<!-- x -->fall<?y z?>wirt\nschaft</w:t></w:r></w:p>"
    assert lines(read_text(tmp_path, body)) == ["Abfallwirt schaft"]


def test_a_chart_that_is_shown_often_is_read_once(tmp_path: Path) -> None:
    shown = '<w:r><w:drawing><c:chart r:id="chart1"/></w:drawing></w:r>'
    chart = f"<c:chartSpace {NAMES}><c:title><a:p><a:r><a:t>Kosten</a:t></a:r></a:p></c:title></c:chartSpace>"
    extraction = read_text(tmp_path, paragraph(shown * 3), {"chart1.xml": chart})
    assert lines(extraction) == ["Kosten"]
    assert extraction.counts["charts"] == 3


def test_a_chart_that_is_not_there_is_told(tmp_path: Path) -> None:
    extraction = read_text(tmp_path, paragraph('<w:r><w:drawing><c:chart r:id="no"/></w:drawing></w:r>'))
    assert "A chart or SmartArt drawing is damaged." in extraction.skipped


def test_controls_of_forms_are_told(tmp_path: Path) -> None:
    extraction = read_text(tmp_path, paragraph(run("Text") + "<w:r><w:object><w:control/></w:object></w:r>"))
    assert extraction.skipped == ("Form controls that were not read: 1.",)


def test_what_was_drawn_onto_a_chart_is_read(tmp_path: Path) -> None:
    shown = '<w:r><w:drawing><c:chart r:id="chart1"/></w:drawing></w:r>'
    drawn = f"<c:userShapes {NAMES}><a:p><a:r><a:t>Pfeil</a:t></a:r></a:p></c:userShapes>"
    made = text_parts(paragraph(shown), {"chart1.xml": f"<c:chartSpace {NAMES}/>", "drawing1.xml": drawn})
    made["word/_rels/chart1.xml.rels"] = relations({"a": "chartUserShapes drawing1.xml"})
    assert lines(read_bytes(tmp_path, zipped(made))) == ["Pfeil"]


def test_a_smartart_whose_model_is_gone_is_read_as_it_is_drawn(tmp_path: Path) -> None:
    shown = '<w:r><w:drawing><dgm:relIds r:dm="data1"/></w:drawing></w:r>'
    drawn = (
        f'<dsp:drawing {NAMES} xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram">'
        "<dsp:txBody><a:p><a:r><a:t>Kreislauf</a:t></a:r></a:p></dsp:txBody></dsp:drawing>"
    )
    extraction = read_text(tmp_path, paragraph(shown), {"data1.xml": "x", "drawing1.xml": drawn})
    assert lines(extraction) == ["Kreislauf"]
    assert extraction.skipped == ("word/data1.xml is damaged.", "A chart or SmartArt drawing is damaged.")
