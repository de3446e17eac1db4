"""The extraction reports of a document's files as an audience may see them: without what is withheld."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from archive.access import Audience, withheld
from archive.model import Document, Sensitive
from archive.records import Json, JsonValue
from ingest.extraction import SENSITIVE_COUNTS

_ASIDE = {Sensitive.NOTES, Sensitive.COMMENTS}
"""What `notes` of a report counts, and what a page without text may have all the same."""

_NOTES_ONLY = "There is text in the notes only."


def shown_passports(
    document: Document, passports: Mapping[str, Json], audience: Audience, *, notes_public: bool
) -> dict[str, Json]:
    """Leave out of each report the numbers of what is withheld. `notes_public`: as the archive is set."""
    if audience is Audience.STAFF:
        return dict(passports)
    kept_back = withheld(document, notes_public=notes_public)
    return {name: _shown(report, kept_back) for name, report in passports.items()}


def _shown(report: Json, kept_back: Collection[Sensitive]) -> Json:
    shown = dict(report)
    counts = report.get("counts")
    if isinstance(counts, Mapping):
        shown["counts"] = {
            name: count for name, count in counts.items() if SENSITIVE_COUNTS.get(name) not in kept_back
        }
    if _ASIDE & set(kept_back):
        shown.pop("notes", None)
        shown.pop("languages", None)  # pages without text have those of their notes
        if _NOTES_ONLY in (skipped := _list(report, "skipped")):
            shown["skipped"] = [each for each in skipped if each != _NOTES_ONLY]
    if Sensitive.HIDDEN in kept_back:
        shown.pop("hidden", None)
        if hidden := _list(report, "hidden"):
            shown.pop("characters", None)  # those of hidden pages are counted among them
            shown.pop("languages", None)
            shown["pages"] = int(str(report.get("pages", 0))) - len(hidden)
            if without_text := _list(report, "pages_without_text"):
                shown["pages_without_text"] = [number for number in without_text if number not in hidden]
    return shown


def _list(report: Json, name: str) -> Sequence[JsonValue]:
    value = report.get(name)
    return value if isinstance(value, list) else []
