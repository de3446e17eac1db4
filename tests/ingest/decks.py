"""Presentations written part by part, for tests of what python-pptx cannot make."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

OOXML = "http://schemas.openxmlformats.org/"
RELATIONS = OOXML + "officeDocument/2006/relationships/"
PACKAGE_RELATIONS = OOXML + "package/2006/relationships"
NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "a": OOXML + "drawingml/2006/main",
        "p": OOXML + "presentationml/2006/main",
        "r": RELATIONS.removesuffix("/"),
        "c": OOXML + "drawingml/2006/chart",
        "cdr": OOXML + "drawingml/2006/chartDrawing",
        "dgm": OOXML + "drawingml/2006/diagram",
        "m": OOXML + "officeDocument/2006/math",
        "mc": OOXML + "markup-compatibility/2006",
        "w": OOXML + "wordprocessingml/2006/main",
        "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
        "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "cx1": "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
        "dsp": "http://schemas.microsoft.com/office/drawing/2008/diagram",
        "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
        "p15": "http://schemas.microsoft.com/office/powerpoint/2012/main",
        "p188": "http://schemas.microsoft.com/office/powerpoint/2018/8/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "inkml": "http://www.w3.org/2003/InkML",
        "emma": "http://www.w3.org/2003/04/emma",
    }.items()
)
_STRICT = re.compile(
    rb"http://schemas\.openxmlformats\.org/(officeDocument|presentationml|drawingml|wordprocessingml)/2006/"
)
_TYPES = {
    ".ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}


def element(name: str, content: str, attributes: str = "") -> str:
    """The root of a part."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{name} {NAMES} {attributes}>{content}</{name}>'


def text(*paragraphs: str) -> str:
    return "".join(f"<a:p><a:r><a:rPr/><a:t>{words}</a:t></a:r></a:p>" for words in paragraphs)


def place(left: int, top: int, width: int = 1000, height: int = 1000, inner: str = "") -> str:
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>{inner}</a:xfrm>'


def named(kind: str, description: str = "", placeholder: str = "", title: str = "") -> str:
    """What a shape says of itself."""
    return (
        f'<p:nv{kind}Pr><p:cNvPr id="9" name="Form 9" descr="{description}" title="{title}"/><p:cNv{kind}Pr/>'
        f"<p:nvPr>{placeholder}</p:nvPr></p:nv{kind}Pr>"
    )


def shape(
    body: str, at: str = "", *, placeholder: str = "", description: str = "", title: str = "", rest: str = ""
) -> str:
    """A shape; `body` are paragraphs, or bare words for one."""
    if not body.startswith("<"):
        body = text(body)
    return (
        f"<p:sp>{named('Sp', description, placeholder, title)}<p:spPr>{at}</p:spPr>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody>{rest}</p:sp>"
    )


def placed_in(kind: str, index: int = 0) -> str:
    return f'<p:ph type="{kind}" idx="{index}"/>'


def group(content: str, at: str = "") -> str:
    return f"<p:grpSp>{named('GrpSp')}<p:grpSpPr>{at}</p:grpSpPr>{content}</p:grpSp>"


def frame(content: str, top: int = 0, description: str = "") -> str:
    at = place(0, top).replace("a:xfrm", "p:xfrm")
    graphic = f'<a:graphic><a:graphicData uri="any">{content}</a:graphicData></a:graphic>'
    return f"<p:graphicFrame>{named('GraphicFrame', description)}{at}{graphic}</p:graphicFrame>"


def slide(shapes: str, attributes: str = "", after: str = "", name: str = "p:sld") -> str:
    tree = f"<p:cSld><p:spTree>{named('GrpSp')}<p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    return element(name, tree + after, attributes)


@dataclass
class DeckFile:
    """A package in the making: parts by name, and what each refers to."""

    parts: dict[str, bytes] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    presentation: str = ""
    slides: list[str] = field(default_factory=list)

    def relate(self, source: str, name: str, kind: str, content: str | bytes | None = None) -> str:
        """Add a part, if it has content, and a relationship to it; `kind` is its type or the end of that."""
        if content is not None:
            self.parts[name] = content.encode() if isinstance(content, str) else content
        kind = kind if ":" in kind else RELATIONS + kind
        identifier = f"rId{len(self.relations[source]) + 1}"
        target = posixpath.relpath(name, posixpath.dirname(source) or ".")
        self.relations[source].append(f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>')
        return identifier

    def add_slide(self, content: str) -> str:
        name = f"ppt/slides/slide{len(self.slides) + 1}.xml"
        self.slides.append(self.relate("ppt/presentation.xml", name, "slide", content))
        return name

    def save(self, path: Path, *, strict: bool = False, stored: bool = False) -> Path:
        listed = "".join(
            f'<p:sldId id="{255 + number}" r:id="{relation}"/>'
            for number, relation in enumerate(self.slides, 1)
        )
        size = '<p:sldSz cx="9144000" cy="6858000"/>'
        presentation = element(
            "p:presentation", f"<p:sldIdLst>{listed}</p:sldIdLst>{size}{self.presentation}"
        )
        self.relate("", "ppt/presentation.xml", "officeDocument", presentation)
        overrides = f'<Override PartName="/ppt/presentation.xml" ContentType="{_TYPES[path.suffix]}"/>'
        types = f'<Types xmlns="{OOXML}package/2006/content-types">{overrides}</Types>'
        method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w", method) as package:
            package.writestr("[Content_Types].xml", types)
            for source, relations in self.relations.items():
                folder, name = posixpath.split(source)
                listing = f'<Relationships xmlns="{PACKAGE_RELATIONS}">{"".join(relations)}</Relationships>'
                self.parts[posixpath.join(folder, "_rels", f"{name}.rels")] = listing.encode()
            for name, content in self.parts.items():
                if strict and name.endswith((".xml", ".rels")):
                    content = _STRICT.sub(rb"http://purl.oclc.org/ooxml/\1/", content)
                package.writestr(name, content)
        return path
