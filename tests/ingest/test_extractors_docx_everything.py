"""One text with a word of its own in every place that text can stand in, in both kinds of markup."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest

from ingest.extraction import Extraction
from tests.ingest.wordmaking import (
    NAMES,
    PACKAGE,
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


def row(*cells: str, properties: str = "") -> str:
    looks = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{looks}{''.join(cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    looks = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{looks}{content if content.startswith('<') else paragraph(content)}</w:tc>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(content: str) -> str:
    return f"<w:txbxContent>{content if content.startswith('<') else paragraph(content)}</w:txbxContent>"


def drawn(content: str, description: str = "") -> str:
    properties = f'<wp:docPr id="1" name="Form 1" descr="{description}"/>'
    data = f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{properties}{data}</wp:inline></w:drawing></w:r>"


def field(instruction: str, result: str, form: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def reference(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(kind: str, *texts: str) -> str:
    separator = f'<w:{kind} w:type="separator" w:id="0">{paragraph("Trennstrich")}</w:{kind}>'
    each = (f'<w:{kind} w:id="{number}">{text}</w:{kind}>' for number, text in enumerate(texts, 1))
    return part(f"{kind}s", separator + "".join(each))


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
PLACEHOLDER = "<w:showingPlcHdr/>"
GONE = "<w:del><w:r><w:delText>weg{0}</w:delText></w:r></w:del>"
FORM = (
    '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="wegAuswahl"/>'
    '<w:listEntry w:val="Auswahlwort"/></w:ddList></w:ffData>'
)
VML = '<w:r><w:pict><v:group><v:shape alt="{0}">{1}</v:shape></v:group></w:pict></w:r>'

BODY = [
    styled("Kapitelwort", "Heading1"),
    paragraph("Listenwort", NUMBERED),
    row(
        cell("Zellwort", '<w:vMerge w:val="restart"/>'),
        cell(f"<w:tbl>{row(cell('Innenwort'))}</w:tbl><w:p/>"),
        control(cell("Zellfeldwort")),
    )
    + row(cell("Zellwort", "<w:vMerge/>"), cell("Nachbarwort"))
    + control(row(cell("Zeilenfeldwort")))
    + row(cell("wegZeile"), properties='<w:del w:id="9"/>')
    + row(cell("wegZelle", '<w:cellDel w:id="8"/>'), cell("Restwort")),
    paragraph(f"<w:ins>{run('Einfuegewort')}</w:ins>" + GONE.format("Geloeschtes")),
    paragraph(f"<w:moveFrom>{run('wegVerschoben')}</w:moveFrom><w:moveTo>{run('Zielwort')}</w:moveTo>"),
    paragraph("Anfangs", '<w:rPr><w:del w:id="7"/></w:rPr>') + paragraph("wort"),
    control(paragraph("Blockfeldwort")),
    paragraph(control(run("Laufwort")) + control(run("wegPlatzhalter"), PLACEHOLDER)),
    control(paragraph("wegPlatz"), PLACEHOLDER),
    paragraph(control(run("Auswahlfeldwort"), "<w:dropDownList/>") + control(run("Datumwort"), "<w:date/>")),
    paragraph(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        + drawn(f"<wps:wsp><wps:txbx>{box('Kastenwort')}</wps:txbx></wps:wsp>", "Beschreibungswort")[5:-6]
        + f"</mc:Choice><mc:Fallback><w:pict>{box('Kastenwort')}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ),
    paragraph(
        drawn(
            "<wpg:wgp><wpg:grpSp><wps:wsp><wps:cNvPr descr='Formwort'/>"
            f"<wps:txbx>{box('Gruppenwort')}</wps:txbx></wps:wsp></wpg:grpSp></wpg:wgp>"
        )
    ),
    paragraph(VML.format("Altwort", f"<v:textbox>{box('Vmlwort')}</v:textbox>")),
    paragraph(VML.format("", '<v:textpath string="Bogenwort"/>')),
    paragraph(drawn("<a:txBody><a:p><a:r><a:t>Zeichnungswort</a:t></a:r></a:p></a:txBody>")),
    paragraph(f'<w:hyperlink r:id="x">{run("Verweiswort")}</w:hyperlink>'),
    paragraph(f'<w:fldSimple w:instr="AUTHOR wegEinfach">{run("Einfachwort")}</w:fldSimple>'),
    paragraph(field(f"IF {field('REF wegInnen', run('wegErgebnis'))} wegWenn", run("Feldwort"))),
    paragraph(field("FORMDROPDOWN", "", FORM) + field("FORMTEXT", run("Formularwort"))),
    paragraph("<w:r><w:sym w:font='Symbol' w:char='F061'/><w:t>Zeichenwort</w:t></w:r>"),
    paragraph(
        f"<w:r><w:ruby><w:rt>{run('Rubywort')}</w:rt><w:rubyBase>{run('Grundwort')}</w:rubyBase></w:ruby></w:r>"
    ),
    paragraph(
        "<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>Zaehlerwort</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>Nennerwort</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>"
    ),
    paragraph(drawn('<c:chart r:id="chart1"/>')),
    paragraph(drawn('<dgm:relIds r:dm="data1"/>')),
    paragraph(run("Fussnotenstelle") + reference("footnote", 1) + reference("endnote", 1)),
    paragraph(run("Kommentarstelle") + reference("comment", 0)),
    f"<w:smartTag>{paragraph('Tagwort')}</w:smartTag><w:customXml>{paragraph('Xmlwort')}</w:customXml>",
    paragraph(run("Sichtbarwort") + run("Verborgenwort", "<w:vanish/>") + run("Netzwort", "<w:webHidden/>")),
]
BODY[2] = f"<w:tbl><w:tblPr><w:tblCaption w:val='Tabellenwort'/></w:tblPr>{BODY[2]}</w:tbl>"

PARTS = {
    "header1.xml": part("hdr", paragraph("Kopfwort")),
    "header2.xml": part("hdr", paragraph("Kopfwort") + paragraph("Erstkopfwort")),
    "footer1.xml": part("ftr", paragraph("Fusswort")),
    "footnotes.xml": notes("footnote", paragraph("Fussnotenwort")),
    "endnotes.xml": notes("endnote", f"<w:tbl>{row(cell('Endnotenwort'))}</w:tbl>"),
    "styles.xml": part("styles", '<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'),
    "numbering.xml": part(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
        '<w:numFmt w:val="russianLower"/><w:lvlText w:val="Zahl%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
    "comments.xml": part(
        "comments",
        '<w:comment w:id="0" w:author="Anna Beispiel"><w:p w14:paraId="A">'
        f"{run('Kommentarwort')}</w:p></w:comment>"
        f'<w:comment w:id="1" w:author="Boris"><w:p w14:paraId="B">{run("Antwortwort")}</w:p></w:comment>',
    ),
    "commentsExtended.xml": f'<w15:commentsEx {NAMES}><w15:commentEx w15:paraId="A"/>'
    '<w15:commentEx w15:paraId="B" w15:paraIdParent="A"/></w15:commentsEx>',
    "charts/chart1.xml": f"<c:chartSpace {NAMES}><c:title><a:p><a:r><a:t>Diagrammwort</a:t></a:r></a:p>"
    "</c:title><c:ser><c:cat><c:strRef><c:pt><c:v>Kategoriewort</c:v></c:pt></c:strRef></c:cat></c:ser></c:chartSpace>",
    "diagrams/data1.xml": f'<dgm:dataModel {NAMES}><dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:p><a:r>'
    "<a:t>Schemawort</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>",
    "glossary/document.xml": part("glossaryDocument", paragraph("wegBaustein")),
}
PROPERTIES = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Kapitelwort</dc:title>'
    "<dc:creator>Anna Beispiel</dc:creator></cp:coreProperties>"
)
STRICT = re.compile("http://schemas.openxmlformats.org/(officeDocument|wordprocessingml|drawingml)/2006/")

SHOWN = (
    "Kopfwort Erstkopfwort Kapitelwort Listenwort Tabellenwort Zellwort Innenwort Zellfeldwort Nachbarwort "
    "Zeilenfeldwort Restwort Einfuegewort Zielwort Anfangswort Blockfeldwort Laufwort Auswahlfeldwort "
    "Datumwort Kastenwort Beschreibungswort Gruppenwort Formwort Vmlwort Altwort Bogenwort "
    "Zeichnungswort Verweiswort Einfachwort Feldwort Auswahlwort Formularwort Zeichenwort Grundwort "
    "Rubywort Zaehlerwort Nennerwort Diagrammwort Kategoriewort Schemawort Fussnotenstelle Fussnotenwort "
    "Endnotenwort Kommentarstelle Tagwort Xmlwort Sichtbarwort Netzwort Fusswort"
)


@pytest.fixture(params=["usual", "strict"])
def extraction(request: pytest.FixtureRequest, tmp_path: Path) -> Extraction:
    parts = text_parts("".join(BODY), PARTS, {"diagrams/data1.xml": "diagramData"})
    parts["docProps/core.xml"] = PROPERTIES
    parts["_rels/.rels"] = relations({"main": "officeDocument word/document.xml"})
    if request.param == "strict":
        parts = {
            name: STRICT.sub(r"http://purl.oclc.org/ooxml/\1/", content) for name, content in parts.items()
        }
        assert "schemas.openxmlformats.org/wordprocessingml" not in parts["word/document.xml"]
    return read_bytes(tmp_path, zipped(parts))


def test_every_word_is_found_in_the_order_a_reader_meets_it(extraction: Extraction) -> None:
    text = "\n".join(page.text for page in extraction.pages if not page.hidden)
    assert re.findall(r"[A-Z][a-z]+?(?:wort|stelle)", text) == SHOWN.split()


def test_nothing_is_found_that_readers_do_not_see(extraction: Extraction) -> None:
    everything = "\n".join(f"{page.title}\n{page.text}\n{page.notes}" for page in extraction.pages)
    assert re.findall(r"weg\w*|Trennstrich|Form 1", everything) == []


def test_every_word_is_marked_as_what_it_is(extraction: Extraction) -> None:
    assert [page.notes for page in extraction.pages if page.notes] == [
        "Anna Beispiel: Kommentarwort\n↳ Boris: Antwortwort"
    ]
    assert [page.text for page in extraction.pages if page.hidden] == ["Verborgenwort"]
    lines = extraction.pages[0].text.split("\n")
    assert "Zahlг) Listenwort" in lines
    assert "Zellwort\tInnenwort\tZellfeldwort" in lines
    assert "\tNachbarwort" in lines
    assert "αZeichenwort" in lines
    assert "Grundwort(Rubywort)" in lines
    assert "Zaehlerwort/Nennerwort" in lines
    assert (extraction.title, extraction.creators) == ("Kapitelwort", ("Anna Beispiel",))
    assert extraction.skipped == ()


def test_nothing_of_a_file_stays_in_memory(tmp_path: Path) -> None:
    content = zipped(text_parts("".join(BODY), PARTS, {"diagrams/data1.xml": "diagramData"}))
    read_bytes(tmp_path, content)
    gc.collect()
    gc.disable()
    try:
        before = len(gc.get_objects())
        for _ in range(10):
            read_bytes(tmp_path, content)
        assert len(gc.get_objects()) - before < 500
    finally:
        gc.enable()


def test_what_was_met_is_counted(extraction: Extraction) -> None:
    assert extraction.counts == {
        "changes": 6,
        "charts": 1,
        "comments": 2,
        "diagrams": 1,
        "equations": 1,
        "footnotes": 2,
        "hidden text": 1,
        "placeholders": 2,
        "tables": 3,
        "text boxes": 3,
    }


def test_handwriting_that_was_recognised_is_read(tmp_path: Path) -> None:
    ink = (
        '<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:annotation>Handschrift</inkml:annotation>'
        "</inkml:ink>"
    )
    body = paragraph('<w:r><w:drawing><w14:contentPart r:id="ink1"/></w:drawing></w:r>')
    assert lines(read_text(tmp_path, body, {"ink1.xml": ink})) == ["Handschrift"]
