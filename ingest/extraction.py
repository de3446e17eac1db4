"""What every extractor returns, and how it says that it cannot.

An extractor is a function `extract(path: Path) -> Extraction`. It sees a path and nothing else: no settings,
no catalogue, no network. It raises an ExtractionError where nothing can be read, and puts everything it
passed over into `skipped`, so that no text gets lost without a word.

ExtractionError
├── EncryptedError      needs a password
├── DamagedError        is not whole
├── EmptyError          has no content at all (0 bytes, no pages)
├── UnsupportedError    is of a format that no extractor reads
└── ReaderError         its reader took too long, too much memory, or died
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.model import Sensitive

SENSITIVE_COUNTS: Mapping[str, Sensitive] = {
    "notes": Sensitive.NOTES,
    "comments": Sensitive.COMMENTS,
    "hidden slides": Sensitive.HIDDEN,
    "hidden text": Sensitive.HIDDEN,
    "changes": Sensitive.CHANGES,
    "contacts": Sensitive.CONTACTS,
}
"""Key of `Extraction.counts` -> what staff should decide about where it is not 0."""


@dataclass(frozen=True, slots=True)
class PageText:
    """One page or slide, numbered from 1.

    `notes` are the speaker's notes and comments; a `hidden` page was not shown to the audience.
    `label` is what the page is called where that is not its number: "iv". `unseen` is what stands on the page
    and is not shown; it gets a hidden page of its own after all others.
    """

    number: int
    text: str
    title: str = ""
    notes: str = ""
    hidden: bool = False
    label: str = ""
    unseen: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one file.

    `title` and `creators` come from the file's own properties where they are sane, else from its first page,
    else they are empty. `date` is the day of the work as the properties tell it, not that on which the file
    was made or saved; what the first page says counts before it. `counts` says how much of what was met:
    {"tables": 3, "charts": 1, "notes": 7}, notes being the slides with speaker's notes; comments and changes
    are counted wherever they are in the file. `skipped` has one English sentence for each thing that was not
    read, `repairs` one for each thing that was read otherwise than it stands in the file. `for_ocr` are the
    numbers of the pages whose text has to be taken from their picture. `tool` names the reader and its
    version.
    """

    pages: tuple[PageText, ...]
    title: str = ""
    creators: tuple[str, ...] = ()
    date: dt.date | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    for_ocr: tuple[int, ...] = ()
    tool: str = ""

    @property
    def sensitive(self) -> tuple[Sensitive, ...]:
        """What the file holds that is not to be published unasked."""
        return tuple(kind for name, kind in SENSITIVE_COUNTS.items() if self.counts.get(name))


class ExtractionError(Exception):
    """Nothing could be read. The message says what the depositor can do."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.__doc__)


class EncryptedError(ExtractionError):
    """The file is protected with a password. Remove the protection and hand it in again."""


class DamagedError(ExtractionError):
    """The file is damaged. Open it in the program that made it, save it anew and hand it in again."""


class EmptyError(ExtractionError):
    """The file has no content. Check whether it was copied whole and hand it in again."""


class UnsupportedError(ExtractionError):
    """The file is of a format that cannot be read. Save it as PDF and hand that in as well."""


class ReaderError(ExtractionError):
    """Reading took too long or too much memory and was stopped."""
