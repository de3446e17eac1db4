"""Charts, SmartArt and tables, each as markup alone."""

from __future__ import annotations

from lxml import etree

from ingest.extractors import markup
from ingest.extractors.drawing import choose_alternatives, table_rows
from ingest.extractors.drawing.charts import chart_lines
from ingest.extractors.drawing.diagrams import diagram_lines, drawing_relationship, drawn_lines

NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart" '
    'xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:dgm14="http://schemas.microsoft.com/office/drawing/2010/diagram" '
    'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def root(name: str, content: str) -> etree._Element:
    return markup.parse(f"<{name} {NAMES}>{content}</{name}>".encode())


def text(words: str) -> str:
    return f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>"


def points(*names: str) -> str:
    return "".join(f'<c:pt idx="{n}"><c:v>{name}</c:v></c:pt>' for n, name in enumerate(names))


def numbers(place: str, form: str, *values: str) -> str:
    cache = f"<c:numCache><c:formatCode>{form}</c:formatCode>{points(*values)}</c:numCache>"
    return f"<c:{place}><c:numRef>{cache}</c:numRef></c:{place}>"


def test_a_chart_says_what_is_written_in_it_and_no_numbers() -> None:
    series = (
        f"<c:ser><c:tx><c:strRef><c:f>Blatt!A1</c:f><c:strCache>{points('Reihe')}</c:strCache></c:strRef></c:tx>"
        f"<c:dLbls><c:dLbl><c:tx><c:rich>{text('Beschriftung')}</c:rich></c:tx></c:dLbl></c:dLbls>"
        "<c:trendline><c:name>Linear (Reihe)</c:name></c:trendline>"
        f"<c:cat><c:multiLvlStrRef><c:multiLvlStrCache><c:lvl>{points('Nord', 'Süd')}</c:lvl>"
        f"<c:lvl>{points('Region')}</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
        f"{numbers('val', 'General', '4711')}"
        f"<c15:datalabelsRange><c15:dlblRangeCache>{points('aus Zellen')}</c15:dlblRangeCache>"
        "</c15:datalabelsRange></c:ser>"
    )
    literal = "<c:ser><c:tx><c:v>wörtlich</c:v></c:tx><c:cat><c:strLit>" + points("Nord", "West")
    chart = root(
        "c:chartSpace",
        f"<c:title>{text('Titel')}</c:title>{series}{literal}</c:strLit></c:cat></c:ser>"
        f"<c:catAx><c:title>{text('Achse')}</c:title></c:catAx>",
    )
    assert list(chart_lines(chart)) == [
        *("Titel", "Beschriftung", "Achse"),
        *("Reihe", "Linear (Reihe)", "Nord", "Süd", "Region", "aus Zellen", "wörtlich", "West"),
    ]


def test_years_are_categories_and_dates_that_are_shown_otherwise_are_not() -> None:
    chart = root("c:chartSpace", numbers("cat", "General", "2015") + numbers("cat", "mmm yy", "42005"))
    assert list(chart_lines(chart)) == ["2015"]


def test_marks_for_values_in_labels_are_no_text() -> None:
    label = '<a:p><a:fld type="VALUE"><a:t>[WERT]</a:t></a:fld><a:r><a:t> Euro</a:t></a:r></a:p>'
    assert list(chart_lines(root("c:chartSpace", label))) == [" Euro"]


def test_charts_of_the_newer_kind_are_read() -> None:
    chart = root(
        "cx:chartSpace",
        "<cx:chartData><cx:data><cx:strDim><cx:f>A1</cx:f><cx:lvl><cx:pt>Kategorie</cx:pt></cx:lvl></cx:strDim>"
        "<cx:numDim><cx:lvl><cx:pt>4711</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData>"
        "<cx:title><cx:tx><cx:txData><cx:v>Wasserfall</cx:v></cx:txData></cx:tx>"
        f"<cx:txPr>{text('Wasserfall')}</cx:txPr></cx:title>"
        "<cx:series><cx:tx><cx:txData><cx:f>B1</cx:f><cx:v>Reihe</cx:v></cx:txData></cx:tx></cx:series>",
    )
    assert list(chart_lines(chart)) == ["Wasserfall", "Kategorie", "Reihe"]


def point(identifier: str, words: str, kind: str = "node") -> str:
    return f'<dgm:pt modelId="{identifier}" type="{kind}"><dgm:t>{text(words)}</dgm:t></dgm:pt>'


def connection(source: str, target: str, place: int, between: str = "") -> str:
    return f'<dgm:cxn srcId="{source}" destId="{target}" srcOrd="{place}" sibTransId="{between}"/>'


def test_smartart_is_read_as_the_tree_that_it_is() -> None:
    model = root(
        "dgm:dataModel",
        "<dgm:ptLst>"
        + point("4", "zweitens")
        + point("0", "", "doc")
        + point("3", "darunter")
        + point("2", "erstens")
        + point("5", "dann", "sibTrans")
        + point("6", "nur gezeigt", "pres")
        + point("7", "für sich")
        + '<dgm:pt modelId="8"><dgm:extLst><a:ext><dgm14:cNvPr descr="ein Kreis"/></a:ext></dgm:extLst>'
        + "</dgm:pt>"
        + "</dgm:ptLst><dgm:cxnLst>"
        + connection("0", "4", 1)
        + connection("2", "3", 0)
        + connection("0", "2", 0, "5")
        + connection("3", "2", 0)
        + "</dgm:cxnLst>"
        + '<a:ext><dsp:dataModelExt relId="rId6"/></a:ext>',
    )
    assert list(diagram_lines(model)) == ["erstens", "darunter", "dann", "zweitens", "für sich", "ein Kreis"]
    assert drawing_relationship(model) == "rId6"


def test_smartart_in_a_circle_is_read_to_its_end() -> None:
    model = root(
        "dgm:dataModel", point("1", "a") + point("2", "b") + connection("1", "2", 0) + connection("2", "1", 0)
    )
    assert sorted(diagram_lines(model)) == ["a", "b"]


def test_the_drawing_of_smartart_is_read() -> None:
    shown = root("dsp:drawing", f"<dsp:sp><dsp:txBody>{text('gezeigt')}</dsp:txBody></dsp:sp>")
    assert list(drawn_lines(shown)) == ["gezeigt"]


def test_cells_that_are_merged_are_read_once() -> None:
    def cell(words: str, marks: str = "") -> str:
        return f"<a:tc {marks}><a:txBody>{text(words)}</a:txBody></a:tc>"

    table = root(
        "a:tbl",
        "<a:tr>" + cell("breit", "gridSpan='2'") + cell("breit", "hMerge='1'") + cell("hoch") + "</a:tr>"
        "<a:tr>" + cell("links") + cell("Mitte") + cell("hoch", "vMerge='1'") + "</a:tr>"
        "<a:tr>" + cell("links") + cell("links") + cell("verdeckt", "vMerge='1'") + "</a:tr>",
    )
    assert list(table_rows(table)) == ["breit\t\thoch", "links\tMitte", "links\tlinks\tverdeckt"]


def test_alternatives_are_read_once_and_in_their_place() -> None:
    body = root(
        "a:body",
        f"{text('davor')}<mc:AlternateContent><mc:Choice>{text('erste')}</mc:Choice><mc:Choice>{text('zweite')}"
        f"</mc:Choice><mc:Fallback>{text('sonst')}</mc:Fallback></mc:AlternateContent>{text('danach')}"
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{text('Ersatz')}</mc:Fallback></mc:AlternateContent>",
    )
    choose_alternatives(body)
    assert ["".join(p.itertext()) for p in body] == ["davor", "erste", "danach", "Ersatz"]
