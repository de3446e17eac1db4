"""A redo journal: what one writer is about to do, so that the next one can finish it after a crash.

An entry is a folder beside the storage root. It becomes valid in one step, when its `intent.json` gets its
name; until then it counts as never begun. From then on everything in it can be done again, as often as it
takes, until the folder is removed. docs/design.md has the order of the writes and what a crash between any
two of them leaves.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeAlias

from archive.durable import make_folders, sync_all, sync_tree
from archive.errors import DamagedStorageError, StorageError
from archive.model import Page
from archive.records import Json

INTENT = "intent.json"

Action: TypeAlias = Literal[
    "put-document", "remove-document", "put-conference", "remove-conference", "put-thesaurus"
]


@dataclass(frozen=True, slots=True)
class Intent:
    """One change of one object, with what the storage root does not hold. `pages` None: the reading stays."""

    action: Action
    identifier: str
    pages: tuple[Page, ...] | None = None
    passports: Mapping[str, Json] | None = None


_OF_A_PAGE = tuple(field.name for field in fields(Page))


class Journal:
    """The entries of one archive. Used by the holder of its lock only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> Path:
        """Make the folder of a new entry, empty and not yet valid."""
        make_folders(self._folder)
        entry = self._folder / uuid.uuid4().hex
        entry.mkdir()
        return entry

    def commit(self, entry: Path, intent: Intent) -> None:
        """Flush an entry and make it valid: from now on it will be done, by this process or the next."""
        pages = intent.pages and [{name: getattr(page, name) for name in _OF_A_PAGE} for page in intent.pages]
        passports = None if intent.passports is None else dict(intent.passports)
        fields_of_intent = {
            "action": intent.action,
            "identifier": intent.identifier,
            "pages": pages,
            "passports": passports,
        }
        partial = entry / f".{INTENT}"
        partial.write_bytes(json.dumps(fields_of_intent, ensure_ascii=True).encode())
        sync_tree(entry)
        partial.rename(entry / INTENT)
        sync_all((entry, self._folder))

    def finish(self, entry: Path) -> None:
        """Drop an entry that has been done."""
        (entry / INTENT).unlink(missing_ok=True)
        shutil.rmtree(entry, ignore_errors=True)

    def has_entries(self) -> bool:
        """Tell whether anything is under way or was left by a dead writer."""
        return any(self._folder.glob("*"))

    def unfinished(self) -> Iterator[tuple[Path, Intent]]:
        """Yield the valid entries that a dead writer left; drop those that never became valid."""
        for entry in sorted(self._folder.glob("*"), key=lambda path: path.stat().st_mtime_ns):
            if (entry / INTENT).exists():
                yield entry, _load(entry / INTENT)
            else:
                shutil.rmtree(entry, ignore_errors=True)


def _page(fields: dict[str, Any]) -> Page:
    """Take a page as it was written, by an older program too, to which it had one language."""
    languages = fields.pop("languages", None) or fields.pop("language", "").split()
    return Page(**fields, languages=tuple(languages))


def _load(path: Path) -> Intent:
    try:
        fields = json.loads(path.read_bytes())
        pages = fields["pages"]
        return Intent(
            action=fields["action"],
            identifier=fields["identifier"],
            pages=None if pages is None else tuple(map(_page, pages)),
            passports=fields["passports"],
        )
    except (ValueError, KeyError, TypeError) as exc:
        raise DamagedStorageError(
            f"The journal entry {path} is damaged: {exc}. Move its folder away."
        ) from exc
    except OSError as exc:
        raise StorageError(f"The journal entry {path} cannot be read: {exc}.") from exc
