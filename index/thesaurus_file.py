"""A thesaurus as a file that is read at once, where SKOS and its reader would take a third of a second.

It says the same as the SKOS files it was made from, and is made anew when one of them is another than it was.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from archive.durable import make_folders, replace_bytes
from index.thesaurus import Concept, Thesaurus

_MAKERS = ("skos.py", "skos_statements.py", "text.py", "thesaurus.py", "thesaurus_file.py")
"""A file that other versions of these made may say something else."""


def open_thesaurus(sources: Sequence[Path], path: Path) -> Thesaurus:
    """Return the thesaurus of SKOS files by way of a file, which is made where it is missing, old or damaged.

    Who may not write there makes it each time.

    Raises:
        ThesaurusError: the SKOS files cannot be read.
        OSError: one of them cannot be opened.
    """
    found = read_made(sources, path)
    if found is not None:
        return found
    # imports rdflib, needed here only
    from index.skos import read_thesaurus

    thesaurus = read_thesaurus(sources)
    with suppress(OSError):
        make_folders(path.parent)
        made = _to_json(thesaurus, _stamp(sources))
        replace_bytes(path, json.dumps(made, ensure_ascii=False).encode())
    return thesaurus


def read_made(sources: Sequence[Path], path: Path) -> Thesaurus | None:
    """Return the thesaurus that a file was made for; None where it is missing, old or damaged.

    Raises:
        OSError: a SKOS file cannot be opened.
    """
    stamp = _stamp(sources)
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        return _from_json(json.loads(path.read_bytes()), stamp)
    return None


def _stamp(sources: Sequence[Path]) -> str:
    digest = sha256()
    for path in (*(Path(__file__).with_name(name) for name in _MAKERS), *sources):
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _to_json(thesaurus: Thesaurus, stamp: str) -> dict[str, Any]:
    return {
        "stamp": stamp,
        "concepts": [
            [
                concept.uri,
                dict(concept.preferred),
                dict(concept.alternatives),
                concept.broader,
                concept.narrower,
                concept.related,
            ]
            for concept in thesaurus.concepts.values()
        ],
        "uris": dict(thesaurus.uris),
        "ignored_labels": dict(thesaurus.ignored_labels),
        "ignored_relations": thesaurus.ignored_relations,
    }


def _from_json(record: dict[str, Any], stamp: str) -> Thesaurus:
    """Take what `_to_json` gave.

    Raises:
        ValueError: it was made from other files.
        LookupError, TypeError, AttributeError: it is damaged.
    """
    if record["stamp"] != stamp:
        raise ValueError(stamp)
    return Thesaurus(
        {
            uri: Concept(
                uri,
                preferred,
                {language: tuple(labels) for language, labels in alternatives.items()},
                tuple(broader),
                tuple(narrower),
                tuple(related),
            )
            for uri, preferred, alternatives, broader, narrower, related in record["concepts"]
        },
        {key: tuple(uris) for key, uris in record["uris"].items()},
        record["ignored_labels"],
        int(record["ignored_relations"]),
    )
