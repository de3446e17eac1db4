"""What only staff see of the thesaurus: loaded files, concepts that were edited, and who did what."""

from __future__ import annotations

from collections.abc import Sequence

from archive.staff_log import Step
from archive.thesaurus_record import ConceptEdit, ThesaurusRecord
from index.live_thesaurus import Thesauri
from index.thesaurus import Thesaurus
from index.thesaurus_edits import concept_from_json
from index.vocabulary import own_thesaurus
from portal.markup import DOT, NOTHING, Markup, tag, together
from portal.notices import notice, told
from portal.reader import Reader
from portal.thesaurus.page import name_of, place_of
from portal.thesaurus.words import error_words, step_words

LOADED, REFUSED, NO_FILE = "loaded", "refused", "none"
"""What became of a file, as the address tells."""


def outcome_notice(outcome: str, refused: Exception | None, own: Thesaurus, reader: Reader) -> Markup:
    """Say what became of a file that was handed in. `refused`: why it was not loaded, where that is known."""
    _ = reader.texts.gettext
    if outcome == LOADED:
        return notice(_("The file was loaded. Searches use it from now on."))
    if outcome == NO_FILE:
        return notice(_("Choose a file first."), wrong=True)
    if outcome == REFUSED and refused is not None:
        return told(error_words(refused, own, reader))
    return notice(_("The file was not loaded. Try again."), wrong=True) if outcome == REFUSED else NOTHING


def file_line(name: str, concepts: int | None, about: Sequence[str], reader: Reader) -> Markup:
    """Show one loaded file. `concepts`: how many it has; None: it can no longer be read."""
    _ = reader.texts.gettext
    if concepts is None:
        held = tag("strong", _("cannot be read any more; take it out, or restore it from a backup"))
    else:
        held = tag("span", reader.texts.ngettext("{n} concept", "{n} concepts", concepts))
    facts = together((held, *about), DOT)
    return tag("p", tag("b", name, dir="auto")) + tag("p", facts, css="meta")


def edits_list(thesauri: Thesauri, reader: Reader) -> Markup:
    """List the concepts that are other than the program has them."""
    _ = reader.texts.gettext
    if not thesauri.record.edits:
        return tag("p", _("No concept has been edited. All are as they come with the program."), css="meta")
    entries = sorted(
        ((edited_name(uri, thesauri.record, reader), uri) for uri in thesauri.record.edits),
        key=lambda pair: place_of(pair[0]),
    )
    lines = together(
        tag(
            "li",
            tag("a", name, href=reader.links.thesaurus(uri), dir="auto", data_id=f"edited:{uri}"),
            " ",
            tag("span", edit_words(uri, thesauri.record.edits[uri], reader), css="meta"),
        )
        for name, uri in entries
    )
    return tag("ul", lines, css="concepts")


def edited_name(uri: str, record: ThesaurusRecord, reader: Reader) -> str:
    """Name a concept that was edited, one that was taken out, too."""
    edit = record.edits[uri]
    known = edit.after or edit.before
    return name_of(concept_from_json(uri, known), reader) if known else uri


def edit_words(uri: str, edit: ConceptEdit, reader: Reader) -> str:
    """Say what was done to a concept."""
    _ = reader.texts.gettext
    if edit.after is None:
        return _("taken out")
    return _("edited") if uri in own_thesaurus().concepts else _("added")


def steps_list(steps: Sequence[Step], thesaurus: Thesaurus, reader: Reader) -> Markup:
    """List what was done, the newest first."""
    _ = reader.texts.gettext
    if not steps:
        return tag("p", _("Nobody has done anything here yet."), css="meta")
    lines = (
        tag(
            "div",
            tag("p", step_words(step, thesaurus, reader), css="what", dir="auto"),
            tag("p", together((reader.texts.moment(step.at), step.person), DOT), css="meta"),
            css="event",
        )
        for step in steps
    )
    return tag("div", together(lines), css="events")
