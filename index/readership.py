"""Who reads: what an audience may see today of the documents of an archive. See `archive.access`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.access import Audience, may_read, shown_pages
from archive.model import Document, Page
from archive.repository import Archive


@dataclass(frozen=True, slots=True)
class Readership:
    """An audience of an archive, on the day that `today` gives."""

    archive: Archive
    audience: Audience
    today: Callable[[], dt.date] = dt.date.today

    def may_read(self, document: Document) -> bool:
        """Tell whether the document may be opened now."""
        return may_read(document, self.audience, self.today())

    def shown(self, document: Document, pages: Iterable[Page]) -> tuple[Page, ...]:
        """Return the pages of a document without what is withheld."""
        return shown_pages(document, pages, self.audience, notes_public=self.archive.settings.notes_public)
