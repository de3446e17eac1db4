"""Which of an object's inventories and sidecars are whole: found by letting them vouch for one another.

The newest inventory lies in the object twice, each time beside a sidecar. Where one of these four says
another digest than the rest, that one is damaged. What an older version's inventory held follows from the
newest one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.findings import NO_COPY, Finding, copied_from
from archive.folder_files import FolderFiles
from archive.inventories import (
    INVENTORY,
    SIDECAR,
    Inventory,
    parse,
    said_by,
    sha512_of,
    sidecar,
    version_number,
)

NOBODY_KNOWS = (
    "does not agree with the other inventory and the sidecars of this object; nobody can tell which is right"
)
RESTORE_OBJECT = "Restore the object from a backup."


@dataclass(frozen=True, slots=True)
class Voice:
    """An inventory or a sidecar and the digest for which it stands; empty where it cannot be read."""

    path: str
    sha512: str


class ObjectInventories:
    """The inventories of one object. `newest` is the one to go by; None where none can be trusted."""

    def __init__(self, files: FolderFiles, place: Callable[[str], str]) -> None:
        self._files = files
        self._place = place
        root = self._voices("")
        head = self._head(root)
        self._newest = [*root, *self._voices(f"v{head}/")] if head else root
        self._right = _agreed(self._newest)
        self.newest = self._trusted()
        self.head = self.newest.head if self.newest else head

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with inventories and sidecars."""
        for voice in self._newest:
            if not voice.sha512 or voice.sha512 != self._right:
                yield self._finding(voice)
        for number in range(1, self.head):
            yield from self._older(number)

    def expected(self) -> Iterator[str]:
        """Name the inventories and sidecars that the object has to have."""
        for folder in ("", *(f"v{number}/" for number in range(1, self.head + 1))):
            yield folder + INVENTORY
            yield folder + SIDECAR

    def _voices(self, folder: str) -> list[Voice]:
        inventory, its_sidecar = (self._files.read(folder + name) for name in (INVENTORY, SIDECAR))
        return [
            Voice(folder + INVENTORY, "" if inventory is None else sha512_of(inventory)),
            Voice(folder + SIDECAR, "" if its_sidecar is None else said_by(its_sidecar)),
        ]

    def _head(self, root: list[Voice]) -> int:
        """Return the newest version: as the root inventory has it or, where that is damaged, the folders."""
        if root[0].sha512 == root[1].sha512 and (inventory := self._parsed(INVENTORY)):
            return inventory.head
        numbers = sorted(filter(None, map(version_number, self._files.folders)), reverse=True)
        known = (number for number in numbers if _agree(root, self._voices(f"v{number}/")))
        return next(known, numbers[0] if numbers else 0)

    def _trusted(self) -> Inventory | None:
        """Return the inventory that is right; where nobody can tell, one that another file vouches for."""
        inventories = self._newest[::2]
        for wanted in (self._right, *(voice.sha512 for voice in self._newest if self._vouched(voice))):
            for voice in inventories:
                if wanted and voice.sha512 == wanted and (found := self._parsed(voice.path)):
                    return found
        return None

    def _vouched(self, voice: Voice) -> bool:
        return sum(other.sha512 == voice.sha512 for other in self._newest) > 1

    def _parsed(self, path: str) -> Inventory | None:
        content = self._files.read(path)
        try:
            return None if content is None else parse(content)
        except ValueError:
            return None

    def _finding(self, voice: Voice) -> Finding:
        name, place = voice.path.rpartition("/")[2], self._place(voice.path)
        if voice.path not in self._files.files or voice.path in self._files.odd:
            problem = self._files.problem(voice.path)
        elif not self._right:
            return Finding(place, NOBODY_KNOWS, RESTORE_OBJECT)
        elif name == SIDECAR:
            problem = "is damaged: it does not say the digest of the inventory beside it"
        else:
            problem = "is damaged: its SHA-512 is not the one that sidecars and its other copy vouch for"
        if not self._right:
            return Finding(place, problem, RESTORE_OBJECT)
        whole = next(
            (
                other.path
                for other in self._newest
                if other.sha512 == self._right and other.path.rpartition("/")[2] == name
            ),
            "",
        )
        if whole:
            return Finding(place, problem, copied_from(self._place(whole)), self._place(whole))
        if name == SIDECAR:
            return Finding(place, problem, has_to_say(sidecar(self._right)))
        return Finding(place, problem, NO_COPY)

    def _older(self, number: int) -> Iterator[Finding]:
        inventory, its_sidecar = self._voices(f"v{number}/")
        if inventory.sha512 and inventory.sha512 == its_sidecar.sha512:
            return
        derived = map(sha512_of, self.newest.as_of(number) if self.newest else ())
        right = next((sha512 for sha512 in derived if sha512 in (inventory.sha512, its_sidecar.sha512)), "")
        for voice in (inventory, its_sidecar):
            place = self._place(voice.path)
            if right and voice.sha512 == right:
                continue
            if not voice.sha512 and (voice.path not in self._files.files or voice.path in self._files.odd):
                problem = self._files.problem(voice.path)
            elif right or not voice.sha512:
                problem = "is damaged: its digest and that of its inventory are not the same"
            else:
                problem = (
                    "does not agree with the other of inventory and sidecar; nobody can tell which is right"
                )
            if voice is its_sidecar and right:
                yield Finding(place, problem, has_to_say(sidecar(right)))
            else:
                yield Finding(place, problem, NO_COPY)


def _agreed(voices: list[Voice]) -> str:
    """Return the digest for which most stand, two of them at least; empty where there is no such."""
    counted = Counter(voice.sha512 for voice in voices if voice.sha512).most_common(2)
    if not counted or counted[0][1] < 2 or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return ""
    return counted[0][0]


def _agree(root: list[Voice], version: list[Voice]) -> bool:
    """Tell whether a version's inventory and sidecar agree with one another, or one of them with the root."""
    said = [voice.sha512 for voice in version if voice.sha512]
    return len(said) > len(set(said)) or any(voice.sha512 in said for voice in root)


def has_to_say(content: bytes) -> str:
    """Say what a small file has to hold, where that is known."""
    return f"It has to say, with a line break at its end: {content.decode().strip()}"
