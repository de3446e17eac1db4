"""What workbooks lost, and what stands on them in places that few programs write to."""

from __future__ import annotations

import re
from pathlib import Path

from tests.ingest.workbooks import NAMES, inline, package, read, relationships, worksheet, write


def test_sheets_and_texts_that_are_not_there_are_told(tmp_path: Path) -> None:
    shared = '<row><c t="s"><v>0</v></c><c t="s"><v>7</v></c></row>'
    parts = package(
        {'name="Eins"': worksheet(shared), 'name="Zwei"': "", 'name="Drei"': ""},
        **{"xl/sharedStrings.xml": f"<sst {NAMES}><si><t>Energie</t></si></sst>"},
    )
    del parts["xl/worksheets/sheet2.xml"]
    parts["xl/_rels/workbook.xml.rels"] = re.sub(
        "<Relationship Id=.s3.[^>]*>", "", parts["xl/_rels/workbook.xml.rels"]
    )
    extraction = read(write(tmp_path / "a.xlsx", parts))
    assert extraction.pages[0].text == "Eins\nEnergie"
    assert extraction.skipped == (
        "xl/worksheets/sheet2.xml is damaged.",
        "xl/sharedStrings.xml is damaged; what could be read was read.",
        "Drei is damaged.",
    )


def test_what_stands_on_controls_and_over_charts_is_read(tmp_path: Path) -> None:
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        "<v:shape><v:textbox><div>Jetzt <b>anmelden</b><br></div></v:textbox>"
        '<x:ClientData ObjectType="Button"/></v:shape><v:shape><v:textbox><div>Kommentar</div></v:textbox>'
        '<x:ClientData ObjectType="Note"/></v:shape></xml>'
    )
    chart = (
        '<xdr:absoluteAnchor><xdr:graphicFrame><c:chart r:id="c"/></xdr:graphicFrame></xdr:absoluteAnchor>'
    )
    over = f"<c:userShapes {NAMES}><a:p><a:r><a:t>Zielwert 2030</a:t></a:r></a:p></c:userShapes>"
    parts = package(
        {'name="Eins"': worksheet(f"<row>{inline('a', 'A1')}</row>", after='<drawing r:id="d"/>')},
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                d="drawing ../drawings/drawing1.xml", v="vmlDrawing ../drawings/vml.vml"
            ),
            "xl/drawings/vml.vml": vml,
            "xl/drawings/drawing1.xml": f"<xdr:wsDr {NAMES}>{chart}</xdr:wsDr>",
            "xl/drawings/_rels/drawing1.xml.rels": relationships(c="chart ../charts/chart1.xml"),
            "xl/charts/chart1.xml": f"<c:chartSpace {NAMES}><c:tx><c:v>Verbrauch</c:v></c:tx></c:chartSpace>",
            "xl/charts/_rels/chart1.xml.rels": relationships(u="chartUserShapes ../drawings/over.xml"),
            "xl/drawings/over.xml": over,
        },
    )
    extraction = read(write(tmp_path / "a.xlsx", parts))
    assert extraction.pages[0].text.split("\n") == [
        "Eins",
        "a",
        "Verbrauch",
        "Zielwert 2030",
        "Jetzt anmelden",
    ]
    assert extraction.skipped == ()
