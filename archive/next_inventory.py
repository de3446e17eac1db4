"""The inventory of an OCFL object with one more version, and where in the object its new bytes go.

Bytes that the object has already are not kept twice. What an inventory says otherwise is in `inventories.py`.

Source: OCFL 1.1 (ocfl.io/1.1/spec), section 3.5 Inventory.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archive.declarations import SPEC_VERSION
from archive.inventories import Inventory


@dataclass(frozen=True, slots=True)
class NextInventory:
    """An inventory that is not written yet. `content`: content path by logical path, of new bytes only."""

    head: str
    inventory: Mapping[str, object]
    content: Mapping[str, str]


def next_inventory(
    identifier: str,
    before: Inventory | None,
    files: Mapping[str, str],
    about: Mapping[str, object],
    without: Collection[str] = (),
) -> NextInventory:
    """Add a version.

    Args:
        before: the newest inventory; None: this is the first version.
        files: what changes, digest by logical path; everything else stays as in the version before.
        about: when it was made, by whom and why, as a version in an inventory has it.
        without: logical paths that the new version has no more.
    """
    number = before.head + 1 if before else 1
    head, manifest, state = f"v{number}", dict[str, list[str]](), dict[str, list[str]]()
    for content_path, digest in before.manifest.items() if before else ():
        manifest.setdefault(digest, []).append(content_path)
    for logical_path, digest in before.state(before.head).items() if before else ():
        if logical_path not in files and logical_path not in without:
            state.setdefault(digest, []).append(logical_path)
    content = {}
    for logical_path, digest in files.items():
        if digest not in manifest:
            content[logical_path] = f"{head}/content/{_content_name(digest, logical_path)}"
            manifest[digest] = [content[logical_path]]
        state.setdefault(digest, []).append(logical_path)
    inventory = {
        "type": f"https://ocfl.io/{SPEC_VERSION}/spec/#inventory",
        "digestAlgorithm": "sha512",
        "id": identifier,
        **(before.fields if before else {}),
        "head": head,
        "manifest": manifest,
        "versions": {**(before.versions if before else {}), head: {**about, "state": state}},
    }
    return NextInventory(head, inventory, content)


def _content_name(digest: str, logical_path: str) -> str:
    """A name that every file system takes; what the depositor called the file is the logical path."""
    found = re.search(r"\.[A-Za-z0-9]{1,8}$", logical_path)
    return digest[:32] + (found.group().lower() if found else "")
