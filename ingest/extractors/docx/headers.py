"""Which headers and footers of a text are shown: Word keeps those of first and even pages where they are not.

Source: ISO/IEC 29500-1, 17.10.1 (evenAndOddHeaders), 17.10.2 and 17.10.5 (references), 17.10.6 (titlePg).
"""

from __future__ import annotations

from ingest.extractors.docx.file import WordFile
from ingest.extractors.docx.styles import W, is_on
from ingest.extractors.drawing import R

_REFERENCES = (f"{W}headerReference", f"{W}footerReference")


def switched_off(file: WordFile) -> frozenset[str]:
    """Return the parts that are headers or footers of nothing but first or even pages which have none."""
    root = file.parts.root(file.main)
    references = [] if root is None else list(root.iter(*_REFERENCES))
    kinds = {reference.get(f"{W}type", "default") for reference in references}
    shown_kinds = {"default"}
    if root is not None and "first" in kinds and any(map(is_on, root.iter(f"{W}titlePg"))):
        shown_kinds.add("first")
    if "even" in kinds:
        settings = file.only("settings")
        if settings is not None and is_on(settings.find(f"{W}evenAndOddHeaders")):
            shown_kinds.add("even")
    relations = file.parts.relations(file.main)
    shown: set[str] = set()
    off: set[str] = set()
    for reference in references:
        relation = relations.get(reference.get(f"{R}id", ""))
        if relation is not None:
            is_shown = reference.get(f"{W}type", "default") in shown_kinds
            (shown if is_shown else off).add(relation.target)
    return frozenset(off - shown)
