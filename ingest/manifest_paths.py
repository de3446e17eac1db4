"""Which files the rows of a manifest mean.

People write paths as they see them: in another Unicode form, with other capitals, with \\ for /, from the
folder of the manifest or from the one above, or the name alone. Each of these counts where it means one file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.manifest import Manifest, ManifestRow, Problem, Trouble


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows and files put together.

    `rows`: by path of the file; each `translation_of` is the path of a file by now. `lost`: the rows of which
    no file is, with their reasons in `problems`; `without`: the files of which no row is.
    """

    rows: Mapping[str, ManifestRow]
    lost: tuple[ManifestRow, ...] = ()
    without: tuple[str, ...] = field(default_factory=tuple)


Calling = Callable[[str], str]
"""From the path of a file, what a row may call it; empty: nothing."""


def match(manifest: Manifest, paths: Sequence[str], callings: Sequence[Calling] = (str,)) -> Matched:
    """Find the file of each row.

    Args:
        paths: the files, by whatever tells them apart.
        callings: how rows may call them; the likeliest first. The last one ends with the file's name.
    """
    known = _Paths(paths, callings)
    rows: dict[str, ManifestRow] = {}
    lost: list[ManifestRow] = []
    for row in manifest.rows:
        found = known.find(row.path) if row.path else ()
        if len(found) == 1 and found[0] in rows:
            twice = _with(rows[found[0]], Trouble.TWICE, row.path)
            rows[found[0]] = twice
        elif len(found) == 1:
            rows[found[0]] = _with_original(row, known)
        elif row.path:
            trouble = Trouble.MANY_FILES if found else Trouble.NO_FILE
            lost.append(_with(row, trouble, row.path))
        else:
            lost.append(row)
    return Matched(rows, tuple(lost), tuple(path for path in paths if path not in rows))


def _with_original(row: ManifestRow, known: _Paths) -> ManifestRow:
    if not row.translation_of:
        return row
    found = known.find(row.translation_of)
    if len(found) == 1:
        return replace(row, translation_of=found[0])
    trouble = Trouble.MANY_FILES if found else Trouble.NO_ORIGINAL
    return replace(_with(row, trouble, row.translation_of), translation_of="")


def _with(row: ManifestRow, trouble: Trouble, value: str) -> ManifestRow:
    return replace(row, problems=(*row.problems, Problem(trouble, row.place, value, row.number)))


class _Paths:
    """Files by what they may be called, told as strictly as possible."""

    def __init__(self, paths: Iterable[str], callings: Sequence[Calling]) -> None:
        self._ways: list[dict[str, list[str]]] = [{} for _ in range(2 * len(callings))]
        self._named: dict[str, list[str]] = {}
        for path in paths:
            called = ""
            for number, calling in enumerate(callings):
                called = unicodedata.normalize("NFC", calling(path))
                self._ways[2 * number].setdefault(called, []).append(path)
                self._ways[2 * number + 1].setdefault(_fold(called), []).append(path)
            self._named.setdefault(_fold(called.rsplit("/", 1)[-1]), []).append(path)

    def find(self, text: str) -> Sequence[str]:
        """Return the files that a text can mean; the strictest way that finds any decides."""
        written = unicodedata.normalize("NFC", text.strip())
        slashed = written.replace("\\", "/").removeprefix("./").strip("/")
        for way in self._ways:
            for called in (written, slashed, _fold(slashed)):
                if called and called in way:
                    return way[called]
        return self._named.get(_fold(slashed), ()) if "/" not in slashed else ()


def _fold(path: str) -> str:
    """Fold case, in NFC: folding may take a text out of it."""
    return unicodedata.normalize("NFC", path.casefold())
