"""How a storage root is laid out, and the small files by which it and its objects say what they are.

All of it is the same in every archive.

Source: OCFL 1.1 (ocfl.io/1.1/spec), sections 3.3 Object Conformance Declaration, 4.1 Root Conformance
Declaration; extension 0003-hash-and-id-n-tuple-storage-layout.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache

SPEC_VERSION = "1.1"
LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"

OBJECT_DECLARATION = f"0=ocfl_object_{SPEC_VERSION}"
OBJECT_DECLARED = f"ocfl_object_{SPEC_VERSION}\n".encode()

EXTENSIONS = "extensions"

_DESCRIPTION = (
    "Extension 0003: Hashed Truncated N-tuple Trees with Object ID Encapsulating Directory for OCFL Storage "
    "Hierarchies"
)

ROOT_FILES = {
    f"0=ocfl_{SPEC_VERSION}": f"ocfl_{SPEC_VERSION}\n".encode(),
    "ocfl_layout.json": json.dumps({"description": _DESCRIPTION, "extension": LAYOUT}, indent=2).encode(),
    f"{EXTENSIONS}/{LAYOUT}/config.json": json.dumps(
        {"extensionName": LAYOUT, "digestAlgorithm": "sha256", "tupleSize": 3, "numberOfTuples": 3}, indent=2
    ).encode(),
}
"""What lies in a storage root beside its objects, by path, byte for byte."""


@lru_cache(maxsize=1 << 14)
def layout_path(identifier: str) -> str:
    """Return where in a storage root the object with this identifier lies."""
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    name = _TO_BE_ENCODED.sub(_percent_encoded, identifier)
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]}-{digest}"
    return f"{digest[:3]}/{digest[3:6]}/{digest[6:9]}/{name}"


_TO_BE_ENCODED = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_NAME = 100


def _percent_encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02x}" for byte in found.group().encode())
