"""What staff decide about documents that look like translations: accept, refuse, propose again.

Accepting writes `translation_of` into the record of one of the two and can be taken back as every correction
can (see `editing.py`). A refusal is in no record; see `refused_pairs.py`.
"""

from __future__ import annotations

from archive.editing import Editing
from archive.refused_pairs import RefusedPairs
from archive.repository import Archive
from archive.staff_log import StaffLog, Step

REFUSE, PROPOSE = "translation-refused", "translation-proposed"
"""What the log says was done; accepting is an edit."""


class TranslationDecisions:
    """Decides in the name of one person."""

    def __init__(self, archive: Archive, person: str) -> None:
        self._archive = archive
        self._person = person
        self._refused = RefusedPairs(archive.catalogue.engine)
        self._log = StaffLog(archive.catalogue.engine)

    def accept(self, original: str, translation: str) -> Step:
        """Say in the record of a document what it is a translation of, besides what it says already.

        Raises:
            NotFoundError: the document is gone.
            EditError: what it would be a translation of is gone, or is a translation of it.
        """
        document = self._archive.document(translation)
        before = document.translation_of
        editing = Editing(self._archive, self._person, conference=document.conference)
        return editing.edit(
            {translation: {"translation_of": list(dict.fromkeys((*before, original)))}},
            expected={translation: {"translation_of": list(before)}},
        )

    def refuse(self, one: str, other: str) -> None:
        """Keep that two documents are no translations of one another. Raises NotFoundError."""
        conference = self._archive.document(one).conference
        self._archive.document(other)
        if self._refused.refuse(one, other, self._person):
            told = {one: {"translation_refused": (None, other)}}
            self._log.enter(self._person, REFUSE, told, conference=conference)

    def propose_again(self, one: str, other: str) -> None:
        """Forget a refusal."""
        if self._refused.take_back(one, other):
            there = self._archive.documents_by_id([one])
            conference = there[one].conference if one in there else None
            told = {one: {"translation_refused": (other, None)}}
            self._log.enter(self._person, PROPOSE, told, conference=conference)
