"""The empty presentation: theme, layouts, and what stands on every slide of a kind.

What repeats (the mark „Beispiel“ in the footer, the conference on the title slide) stands in the layouts,
so that no slide repeats another's text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches

from samples.build.shapes import rgb
from samples.build.source import Source
from samples.build.style import (
    ACCENTS,
    BODY_HEIGHT,
    BODY_TOP,
    BODY_WIDTH,
    GREY,
    INK,
    LINE,
    LOCALES,
    MARGIN,
    SANS,
    SERIF,
    SLIDE_HEIGHT,
    SLIDE_WIDTH,
    TEAL,
    WHITE,
    Accent,
)

CONFERENCE: Mapping[str, str] = {
    "de": "XIV. Deutsch-Russische Städtepartnerkonferenz · Krasnodar · 28.–30. Juni 2017",
    "ru": "XIV Германо-российская конференция городов-партнёров · Краснодар · 28–30 июня 2017 года",
    "en": "14th German-Russian Conference of Partner Cities · Krasnodar · 28–30 June 2017",
}

TITLE, TEXT, STATEMENT, ASIDE, COLUMNS, FREE = range(6)
"""The layouts, by their place in the presentation."""

_LAYOUT_NAMES = ("Titel", "Text", "Aussage", "Text mit Kasten", "Zwei Spalten", "Freie Fläche")
_COLUMN = (BODY_WIDTH - 0.5) / 2
_ASIDE_LEFT = MARGIN + 7.95

_PLACES: Mapping[int, Mapping[int, tuple[float, float, float, float]]] = {
    TITLE: {0: (MARGIN, 1.35, 11.2, 1.9), 1: (MARGIN, 3.45, 9.6, 1.3)},
    TEXT: {0: (MARGIN, 0.5, BODY_WIDTH, 0.85), 1: (MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT)},
    STATEMENT: {0: (1.2, 1.2, 10.9, 2.3), 1: (1.2, 3.8, 10.2, 2.4)},
    ASIDE: {
        0: (MARGIN, 0.5, BODY_WIDTH, 0.85),
        1: (MARGIN, BODY_TOP, 7.4, BODY_HEIGHT),
        2: (_ASIDE_LEFT + 0.3, BODY_TOP + 0.25, 3.3, BODY_HEIGHT - 0.5),
    },
    COLUMNS: {
        0: (MARGIN, 0.5, BODY_WIDTH, 0.85),
        1: (MARGIN, BODY_TOP, _COLUMN, 0.6),
        2: (MARGIN, BODY_TOP + 0.8, _COLUMN, BODY_HEIGHT - 0.8),
        3: (MARGIN + _COLUMN + 0.5, BODY_TOP, _COLUMN, 0.6),
        4: (MARGIN + _COLUMN + 0.5, BODY_TOP + 0.8, _COLUMN, BODY_HEIGHT - 0.8),
    },
    FREE: {0: (MARGIN, 0.5, BODY_WIDTH, 0.85)},
}


def new_presentation(source: Source) -> Any:
    """Make a presentation without slides, in the colours of the source's panel."""
    presentation: Any = Presentation()
    presentation.slide_width = Inches(SLIDE_WIDTH)
    presentation.slide_height = Inches(SLIDE_HEIGHT)
    accent = ACCENTS[source.accent]
    for layout in list(presentation.slide_layouts)[len(_LAYOUT_NAMES) :]:
        presentation.slide_layouts.remove(layout)
    _dress_master(presentation.slide_master, accent)
    for place, layout in enumerate(presentation.slide_layouts):
        layout.name = _LAYOUT_NAMES[place]
        _drop_fields(layout)
        for placeholder in layout.placeholders:
            left, top, width, height = _PLACES[place][placeholder.placeholder_format.idx]
            placeholder.left, placeholder.top = Inches(left), Inches(top)
            placeholder.width, placeholder.height = Inches(width), Inches(height)
            for run in placeholder._element.iter("{*}defRPr"):
                run.attrib.pop("cap", None)
        _furnish(layout, place, source, accent)
    return presentation


def _dress_master(master: Any, accent: Accent) -> None:
    _drop_fields(master)
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    xml = theme.blob.decode("utf-8")
    colours = {
        "dk2": INK,
        "lt2": accent.pale,
        "accent1": accent.main,
        "accent2": accent.second,
        "accent3": accent.third,
        "accent4": "7C9AA1",
        "accent5": "D8B36A",
        "accent6": "B58590",
    }
    for name, colour in colours.items():
        new = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", new, xml, flags=re.S)
    for kind, font in (("major", SERIF), ("minor", SANS)):
        xml = re.sub(rf'(<a:{kind}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", xml)
    theme._blob = xml.encode("utf-8")
    styles = master._element.find(".//{*}txStyles")
    titles, bodies = styles.find("{*}titleStyle/{*}lvl1pPr"), styles.find("{*}bodyStyle/{*}lvl1pPr")
    titles.set("algn", "l")
    titles.find("{*}defRPr").set("sz", "2800")
    bodies.set("marL", "285750")
    bodies.set("indent", "-285750")
    bodies.find("{*}spcBef").clear()
    bodies.find("{*}spcBef").append(parse_xml(f'<a:spcPts {nsdecls("a")} val="0"/>'))
    bullet = bodies.find("{*}buFont")
    bullet.addprevious(parse_xml(f'<a:buClr {nsdecls("a")}><a:schemeClr val="accent1"/></a:buClr>'))
    bodies.find("{*}defRPr").set("sz", "2000")


def _drop_fields(owner: Any) -> None:
    """Remove date, footer and number: the layouts have their own footer."""
    for placeholder in list(owner.placeholders):
        if str(placeholder.placeholder_format.type).split(" ")[0] in ("DATE", "FOOTER", "SLIDE_NUMBER"):
            placeholder._element.getparent().remove(placeholder._element)


def _furnish(layout: Any, place: int, source: Source, accent: Accent) -> None:
    if place == TITLE:
        _ground(layout, TEAL)
        _skyline(layout, accent)
        _put_text(
            layout, CONFERENCE[source.language], (MARGIN, 0.6, 11.8, 0.35), 13, "CFE3E7", source.language
        )
        _put_box(layout, (MARGIN, 3.3, 1.6, 0.06), "E8B84F" if source.accent == "teal" else accent.pale)
        _put_text(layout, source.footer, (MARGIN, 6.95, 8, 0.3), 11, "CFE3E7", source.language)
        return
    if place == STATEMENT:
        _ground(layout, accent.deep)
        _put_box(layout, (0.75, 1.3, 0.07, 4.9), WHITE)
        _footer(layout, source, WHITE)
        return
    _put_box(layout, (MARGIN, 1.42, BODY_WIDTH, 0.015), TEAL)
    _put_box(layout, (MARGIN, 1.39, 1.3, 0.06), accent.main)
    if place == ASIDE:
        _put_box(layout, (_ASIDE_LEFT, BODY_TOP, 3.88, BODY_HEIGHT), accent.pale)
        _put_box(layout, (_ASIDE_LEFT, BODY_TOP, 0.06, BODY_HEIGHT), accent.main)
    _put_box(layout, (MARGIN, 6.93, BODY_WIDTH, 0.01), LINE)
    _footer(layout, source, GREY)


def _skyline(layout: Any, accent: Accent) -> None:
    """Draw the row of houses at the foot of the title slide, one of them lit in the panel's colour."""
    width = SLIDE_WIDTH / len(accent.skyline)
    tallest = max(accent.skyline)
    for number, height in enumerate(accent.skyline):
        inches = height / 100 * SLIDE_HEIGHT * 0.72
        lit = height == tallest
        colour = (
            ("E8B84F" if accent.main == TEAL else accent.main) if lit else ("196B7D", "14616F")[number % 2]
        )
        _put_box(layout, (number * width, SLIDE_HEIGHT - inches, width - 0.04, inches), colour)
    _put_box(layout, (0, 6.72, SLIDE_WIDTH, 0.78), "0B4350")


def _footer(layout: Any, source: Source, colour: str) -> None:
    _put_text(layout, source.footer, (MARGIN, 7.0, 10, 0.3), 10, colour, source.language)
    number = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">%s<a:t>‹#›</a:t></a:fld>'
    _put_text(layout, number, (11.58, 7.0, 1, 0.3), 10, colour, source.language)


def _ground(layout: Any, colour: str) -> None:
    layout.background.fill.solid()
    layout.background.fill.fore_color.rgb = rgb(colour)


def _put_box(layout: Any, place: tuple[float, float, float, float], colour: str) -> None:
    _put(layout, place, f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>', "<a:p/>")


def _put_text(
    layout: Any, text: str, place: tuple[float, float, float, float], size: int, colour: str, language: str
) -> None:
    looks = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:latin typeface="{SANS}"/>'
    properties = f'<a:rPr lang="{LOCALES[language]}" sz="{size * 100}">{looks}</a:rPr>'
    if text.startswith("<a:fld"):
        paragraph = f'<a:p><a:pPr algn="r"/>{text % properties}</a:p>'
    else:
        paragraph = f"<a:p><a:r>{properties}<a:t>{escape(text)}</a:t></a:r></a:p>"
    _put(layout, place, "<a:noFill/>", paragraph)


def _put(layout: Any, place: tuple[float, float, float, float], fill: str, paragraph: str) -> None:
    """Add a shape that is no placeholder; a layout has no method of its own for that."""
    left, top, width, height = (int(Emu(Inches(measure))) for measure in place)
    tree = layout.shapes._spTree
    number = len(tree) + 100
    shape = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="Form {number}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}'
        f"<a:ln><a:noFill/></a:ln></p:spPr><p:txBody>"
        f'<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/>'
        f"<a:lstStyle/>{paragraph}</p:txBody></p:sp>"
    )
    tree.xpath("./p:sp[p:nvSpPr/p:nvPr/p:ph]")[0].addprevious(shape)
