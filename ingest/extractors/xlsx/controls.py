"""What stands on the form controls of a sheet, as older programs wrote it: in the markup of Office 2000.

Newer ones write the same once more as drawings, which are read first; nothing is said twice.

Source: ISO/IEC 29500-4, 14.1 (VML), 14.4.2 (what spreadsheets add to it); [MS-OI29500] 2.1.1782.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from ingest.extraction import DamagedError
from ingest.extractors import markup
from ingest.extractors.markup import local_name
from ingest.extractors.parts import Parts

_COMMENT = "Note"


def lines(parts: Parts, name: str, known: Collection[str]) -> Iterator[str]:
    """Yield what stands on the controls of a part and nowhere in the texts that are known."""
    content = parts.content(name)
    if content is None:
        return
    try:
        root = markup.parse(
            content, recover=True
        )  # it has the tags of web pages, and few programs close them
    except DamagedError:
        parts.skipped.append(f"{name} is damaged.")
        return
    said = "\n".join(known)
    for shape in root.iter("{urn:schemas-microsoft-com:vml}*"):
        if local_name(shape) == "textbox" and not _is_comment(shape):
            text = " ".join("".join(map(str, shape.itertext())).split())
            if text and text not in said:
                yield text


def _is_comment(box: etree._Element) -> bool:
    """Say whether a box is the window of a comment, which is read elsewhere."""
    around = box.getparent()
    about = None if around is None else around.find("{urn:schemas-microsoft-com:office:excel}ClientData")
    return about is not None and about.get("ObjectType") == _COMMENT
