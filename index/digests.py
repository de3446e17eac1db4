"""A digest of plain values, for telling whether what something was made from is still the same.

Source: RFC 7693 (BLAKE2).
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b


def digest(value: object) -> str:
    """Return a digest of plain values; of a mapping, whatever its order."""
    ordered = sorted(value.items()) if isinstance(value, Mapping) else value
    return blake2b(repr(ordered).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
