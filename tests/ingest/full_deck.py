"""A deck with a word of its own in every place where a deck can have text, and where each has to be found."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import odfdo
import openpyxl
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.compounds import compound, packaged
from tests.ingest.decks import (
    RELATIONS,
    DeckFile,
    element,
    frame,
    group,
    named,
    place,
    placed_in,
    shape,
    slide,
    text,
)

DEEP = 80
OTHERS = ("Doppelt", "ZielAdresse", "Seitenzahl", "Aufforderung", "Zahlenwert", "Blattwort")
"""Words that stand in the file and are not to be read."""


def field(kind: str, words: str) -> str:
    return f'<a:p><a:fld id="1" type="{kind}"><a:t>{words}</a:t></a:fld></a:p>'


def alternatives(chosen: str, fallback: str, requires: str = "a14") -> str:
    choice = f'<mc:Choice Requires="{requires}">{chosen}</mc:Choice>'
    return f"<mc:AlternateContent>{choice}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"


def cell(words: str, attributes: str = "") -> str:
    return f"<a:tc {attributes}><a:txBody><a:bodyPr/>{text(words)}</a:txBody></a:tc>"


def names(place: str, *words: str) -> str:
    points = "".join(f'<c:pt idx="{number}"><c:v>{word}</c:v></c:pt>' for number, word in enumerate(words))
    return f"<c:{place}><c:strRef><c:strCache>{points}</c:strCache></c:strRef></c:{place}>"


def shapes_slide(deck: DeckFile) -> None:
    """Slide 1: everything that is drawn on the slide itself."""
    nested = shape("WortGruppe", place(5, 5))
    for _ in range(DEEP):
        nested = group(nested)
    linked = (
        '<a:p><a:r><a:rPr><a:hlinkClick r:id="rId99" tooltip=""/></a:rPr><a:t>WortVerweis</a:t></a:r></a:p>'
    )
    equation = (
        "<a:p><a14:m><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>WortZaehler</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>WortNenner</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara></a14:m></a:p>"
    )
    table = (
        "<a:tbl><a:tr>" + cell("WortBreit", "gridSpan='2'") + cell("WortBreit", "hMerge='1'") + "</a:tr>"
        f"<a:tr>{cell('WortZelle')}{cell('WortSpalte')}</a:tr></a:tbl>"
    )
    art = '<a:bodyPr><a:prstTxWarp prst="textWave1"/></a:bodyPr>'
    number = shape(field("slidenum", "Seitenzahl1"), placeholder=placed_in("sldNum", 12))
    locked = (
        "<lc:lockedCanvas xmlns:lc='http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas'><a:sp>"
        f"<a:nvSpPr><a:cNvPr id='1' name='x' descr='WortLeinwandBild'/></a:nvSpPr>"
        f"<a:txSp><a:txBody><a:bodyPr/>{text('WortLeinwand')}</a:txBody></a:txSp></a:sp></lc:lockedCanvas>"
    )
    paragraph = "<w:p><w:r><w:t>WortKasten</w:t></w:r></w:p>"
    box = f"<wps:wsp><wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx></wps:wsp>"
    inner = f'<p:ext uri="x"><p:sp><p:txBody>{text("WortErweiterung")}</p:txBody></p:sp></p:ext>'
    shapes = (
        shape("WortText", place(0, 6_000_000), rest=f"<p:extLst>{inner}</p:extLst>")
        + shape("WortTitel", placeholder=placed_in("ctrTitle"), description="WortTitelBild")
        + shape(text("WortKoerper", "WortAbsatz"), place(0, 1_000_000), placeholder=placed_in("body", 1))
        + shape(linked, place(0, 2_000_000))
        + nested
        + frame(table, 3_000_000)
        + alternatives(shape(equation), shape("Doppelt1"))
        + shape(text("WortKunst").replace("<a:bodyPr/>", art), place(0, 4_000_000))
        + f"<p:pic>{named('Pic', 'WortBild', title='WortBildtitel')}<p:spPr/></p:pic>"
        + f"<p:pic>{named('Pic', 'image7.png')}<p:spPr/></p:pic>"
        + f"<p:cxnSp>{named('CxnSp', 'WortLinie')}<p:spPr/></p:cxnSp>"
        + shape("WortFusszeile", placeholder=placed_in("ftr", 11))
        + shape(field("datetime1", "WortDatum"), placeholder=placed_in("dt", 10))
        + number
        + frame(locked)
        + frame(box)
        + f"<p:unbekannt><p:irgendwo>{text('WortUnbekannt')}</p:irgendwo></p:unbekannt>"
    )
    rest = (
        f'<p:extLst><p:ext uri="y"><p:sp><p:txBody>{text("WortAnhang")}</p:txBody></p:sp></p:ext></p:extLst>'
    )
    name = deck.add_slide(slide(shapes, after=rest))
    deck.relations[name].append(
        f'<Relationship Id="rId99" Type="{RELATIONS}hyperlink" Target="https://ZielAdresse.example/" '
        'TargetMode="External"/>'
    )
    prompt = slide(shape("Aufforderung1", placeholder=placed_in("body", 1)), name="p:sldLayout")
    deck.relate(name, "ppt/slideLayouts/slideLayout1.xml", "slideLayout", prompt)
    master = slide(shape("Aufforderung2", placeholder=placed_in("title")), name="p:sldMaster")
    deck.relate(
        "ppt/slideLayouts/slideLayout1.xml", "ppt/slideMasters/slideMaster1.xml", "slideMaster", master
    )


def charts_slide(deck: DeckFile) -> None:
    """Slide 2, which is hidden: charts and SmartArt."""
    name = "ppt/slides/slide2.xml"
    value = "<c:pt idx='0'><c:v>Zahlenwert1</c:v></c:pt>"
    numbers = f"<c:val><c:numRef><c:numCache>{value}</c:numCache></c:numRef></c:val>"
    chart = element(
        "c:chartSpace",
        f"<c:title><c:tx><c:rich>{text('WortDiagramm')}</c:rich></c:tx></c:title><c:plotArea><c:barChart>"
        f"<c:ser>{names('tx', 'WortReihe')}<c:dLbls><c:dLbl><c:tx><c:rich>{text('WortEtikett')}</c:rich>"
        f"</c:tx></c:dLbl></c:dLbls>{names('cat', 'WortKategorie')}{numbers}</c:ser></c:barChart>"
        f"<c:valAx><c:title><c:tx><c:rich>{text('WortAchse')}</c:rich></c:tx></c:title></c:valAx>"
        "</c:plotArea>",
    )
    first = deck.relate(name, "ppt/charts/chart1.xml", "chart", chart)
    about = "<cdr:nvSpPr><cdr:cNvPr id='1' name='x' descr='WortUmriss'/></cdr:nvSpPr>"
    over = f"<cdr:sp>{about}<cdr:txBody>{text('WortDarueber')}</cdr:txBody></cdr:sp>"
    deck.relate(
        "ppt/charts/chart1.xml", "ppt/drawings/drawing1.xml", "chartUserShapes", element("c:userShapes", over)
    )
    deck.relate("ppt/charts/chart1.xml", "ppt/embeddings/Mappe.xlsx", "package", b"PK Blattwort1")
    newer = element(
        "cx:chartSpace",
        "<cx:chartData><cx:data><cx:strDim><cx:lvl><cx:pt>WortKarte</cx:pt></cx:lvl></cx:strDim></cx:data>"
        f"</cx:chartData><cx:title><cx:tx><cx:rich>{text('WortWasserfall')}</cx:rich></cx:tx></cx:title>",
    )
    kind = "http://schemas.microsoft.com/office/2014/relationships/chartEx"
    second = deck.relate(name, "ppt/charts/chartEx1.xml", kind, newer)
    drawn = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
    models = []
    for number, words in ((1, "WortKunstwerk"), (2, "")):
        shown = element(
            "dsp:drawing", f"<dsp:sp><dsp:txBody>{text(words or 'WortGezeigt')}</dsp:txBody></dsp:sp>"
        )
        there = deck.relate(name, f"ppt/diagrams/drawing{number}.xml", drawn, shown)
        point = f'<dgm:pt modelId="1"><dgm:t><a:bodyPr/>{text(words) if words else "<a:p/>"}</dgm:t></dgm:pt>'
        model = element(
            "dgm:dataModel",
            f'<dgm:ptLst>{point}</dgm:ptLst><a:ext uri="z"><dsp:dataModelExt relId="{there}"/></a:ext>',
        )
        models.append(deck.relate(name, f"ppt/diagrams/data{number}.xml", "diagramData", model))
    shapes = (
        shape("Zweite", placeholder=placed_in("title"))
        + frame(f'<c:chart r:id="{first}"/>', 100, "WortDiagrammBild")
        + alternatives(frame(f'<cx:chart r:id="{second}"/>', 200), shape("Doppelt2"), "cx1")
        + "".join(frame(f'<dgm:relIds r:dm="{model}"/>', 300) for model in models)
        + shape("WortFusszeile", placeholder=placed_in("ftr", 11))
    )
    deck.add_slide(slide(shapes, 'show="0"'))


def notes_slide(deck: DeckFile) -> None:
    """Slide 3: what is said beside it."""
    name = deck.add_slide(slide(shape("Dritte", placeholder=placed_in("title"))))
    notes = slide(
        shape("WortNotiz", placeholder=placed_in("body", 1))
        + group(shape("WortNotizgruppe"))
        + shape("WortKopfzeile", placeholder=placed_in("hdr"))
        + shape(field("slidenum", "Seitenzahl2"), placeholder=placed_in("sldNum")),
        name="p:notes",
    )
    deck.relate(name, "ppt/notesSlides/notesSlide1.xml", "notesSlide", notes)
    answer = (
        '<p:extLst><p:ext uri="q"><p15:threadingInfo><p15:parentCm authorId="1" idx="1"/>'
        "</p15:threadingInfo></p:ext></p:extLst>"
    )
    old = element(
        "p:cmLst",
        f'<p:cm authorId="2" idx="1"><p:text>WortAntwort</p:text>{answer}</p:cm>'
        '<p:cm authorId="2" idx="2"><p:text>WortDanach</p:text></p:cm>'
        '<p:cm authorId="1" idx="1"><p:text>WortKommentar</p:text></p:cm>',
    )
    deck.relate(name, "ppt/comments/comment1.xml", "comments", old)
    modern = element(
        "p188:cmLst",
        '<p188:cm id="{A}" authorId="{X}"><p188:replyLst><p188:reply id="{B}" authorId="{Y}"><p188:txBody>'
        f"{text('WortErwiderung')}</p188:txBody></p188:reply></p188:replyLst>"
        f"<p188:txBody>{text('WortFaden')}</p188:txBody></p188:cm>",
    )
    kind = "http://schemas.microsoft.com/office/2018/10/relationships/"
    deck.relate(name, "ppt/comments/modernComment_1.xml", kind + "comments", modern)
    people = '<p:cmAuthor id="1" name="Anna Beispiel"/><p:cmAuthor id="2" name="Борис Пример"/>'
    authors = '<p188:author id="{X}" name="Clara Muster"/>'
    deck.relate(
        "ppt/presentation.xml",
        "ppt/commentAuthors.xml",
        "commentAuthors",
        element("p:cmAuthorLst", people),
    )
    deck.relate(
        "ppt/presentation.xml", "ppt/authors.xml", kind + "authors", element("p188:authorLst", authors)
    )


def word_file(words: str) -> bytes:
    document, content = docx.Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(content)
    return content.getvalue()


def workbook(words: str) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = words
    book.save(content)
    return content.getvalue()


def open_text(words: str) -> bytes:
    document, content = odfdo.Document("text"), io.BytesIO()
    document.body.append(odfdo.Paragraph(words))
    document.save(content)
    return content.getvalue()


def pdf_file(words: str) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content)
    canvas.drawString(50, 700, words)
    canvas.setKeywords("x" * 4096)
    canvas.save()
    return content.getvalue()


def deck_file(folder: Path, words: str) -> bytes:
    inner = DeckFile()
    inner.add_slide(slide(shape(words)))
    inner.add_slide(slide(shape(f"{words}Versteckt"), 'show="0"'))
    return inner.save(folder / "innen.pptx").read_bytes()


def files_slide(deck: DeckFile, folder: Path) -> None:
    """Slide 4: files inside of the file, and ink."""
    name = "ppt/slides/slide4.xml"
    inside = {
        "Dokument.docx": ("package", word_file("WortDokument")),
        "Folien.pptx": ("package", deck_file(folder, "WortFolien")),
        "Mappe.xlsx": ("package", workbook("WortMappe")),
        "Text.odt": ("oleObject", open_text("WortOffenerText")),
        "oleObject1.bin": ("oleObject", compound(Package=word_file("WortPaket"))),
        "oleObject2.bin": ("oleObject", compound(CONTENTS=pdf_file("WortPdf"))),
        "oleObject3.bin": (
            "oleObject",
            compound(**{"\x01Ole10Native": packaged("Liste.txt", b"WortListe")}),
        ),
        "oleObject4.bin": ("oleObject", compound(**{"Equation Native": b"\x1c"})),
    }
    objects = ""
    for number, (file, (kind, content)) in enumerate(inside.items()):
        relation = deck.relate(name, f"ppt/embeddings/{file}", kind, content)
        picture = f"<p:pic>{named('Pic', f'WortVorschau{number}')}<p:spPr/></p:pic>"
        objects += frame(f'<p:oleObj r:id="{relation}" name="Objekt"><p:embed/>{picture}</p:oleObj>', number)
    loose = deck.relate(name, "ppt/embeddings/Lose.docx", "package", word_file("WortLose"))
    assert loose
    ink = element(
        "inkml:ink",
        '<inkml:annotation type="note">WortTinte</inkml:annotation><inkml:annotationXML><emma:emma>'
        "<emma:interpretation><emma:literal>WortHandschrift</emma:literal></emma:interpretation></emma:emma>"
        "</inkml:annotationXML><inkml:trace>1 2, 3 4</inkml:trace>",
    )
    part = deck.relate(name, "ppt/ink/ink1.xml", "customXml", ink)
    content_part = (
        f'<p:contentPart r:id="{part}"><p14:nvContentPartPr><p14:cNvPr id="3" name="Freihand 3" '
        'descr="WortTintenbild"/></p14:nvContentPartPr></p:contentPart>'
    )
    control = '<p:controls><p:control name="Knopf"/></p:controls>'
    deck.add_slide(slide(objects + alternatives(content_part, "<p:pic/>", "p14"), after=control))


PLACES = {
    (1, "text"): (
        "Abschnitt Titel TitelBild Koerper Absatz Verweis Gruppe Breit Zelle Spalte Zaehler Nenner Kunst "
        "Bild Bildtitel Linie Fusszeile Datum Leinwand LeinwandBild Kasten Erweiterung Unbekannt Text Anhang"
    ),
    (2, "text"): (
        "Diagramm Reihe Etikett Kategorie Achse Darueber Umriss "
        "Karte Wasserfall Kunstwerk Gezeigt DiagrammBild"
    ),
    (3, "text"): "Zwischen",
    (3, "notes"): "Notiz Notizgruppe Kopfzeile Kommentar Antwort Danach Faden Erwiderung",
    (4, "text"): (
        "Dokument Folien Mappe OffenerText Paket Pdf Liste Lose Tinte Handschrift Tintenbild "
        + " ".join(f"Vorschau{number}" for number in range(8))
    ),
    (4, "notes"): "FolienVersteckt",
}


def build(folder: Path) -> DeckFile:
    deck = DeckFile()
    shapes_slide(deck)
    charts_slide(deck)
    notes_slide(deck)
    files_slide(deck, folder)
    sections = (("Standardabschnitt", ""), ("WortAbschnitt", "256 257"), ("WortZwischen", "258 259"))
    listed = "".join(
        f'<p14:section name="{name}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{identifier}"/>' for identifier in slides.split())
        + "</p14:sldIdLst></p14:section>"
        for name, slides in sections
    )
    deck.presentation = (
        f'<p:extLst><p:ext uri="s"><p14:sectionLst>{listed}</p14:sectionLst></p:ext></p:extLst>'
    )
    names = {
        "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
    }
    declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    core = f"<cp:coreProperties {declared}><dc:creator>Anna Beispiel</dc:creator></cp:coreProperties>"
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    deck.relate("", "docProps/core.xml", kind, core)
    return deck
