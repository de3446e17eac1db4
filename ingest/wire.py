"""Values out of JSON that a hostile file may have had a hand in: each is checked for its type.

Every function raises ValueError where the value is missing or of another type.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.records import Json, JsonValue


def text(record: Json, key: str) -> str:
    """Return a string."""
    return _text(record.get(key), key)


def integer(record: Json, key: str) -> int:
    """Return a whole number."""
    return _integer(record.get(key), key)


def number(record: Json, key: str) -> float:
    """Return a number."""
    value = record.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{key} is not a number")
    return float(value)


def flag(record: Json, key: str) -> bool:
    """Return true or false."""
    value = record.get(key)
    if not isinstance(value, bool):
        raise ValueError(f"{key} is not true or false")
    return value


def texts(record: Json, key: str) -> tuple[str, ...]:
    """Return a list of strings."""
    return tuple(_text(value, key) for value in _values(record, key))


def integers(record: Json, key: str) -> tuple[int, ...]:
    """Return a list of whole numbers."""
    return tuple(_integer(value, key) for value in _values(record, key))


def child(record: Json, key: str) -> Json:
    """Return an object."""
    return _object(record.get(key), key)


def children(record: Json, key: str) -> tuple[Json, ...]:
    """Return a list of objects."""
    return tuple(_object(value, key) for value in _values(record, key))


def _text(value: JsonValue, key: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key} is not a text")
    return value


def _integer(value: JsonValue, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{key} is not a whole number")
    return value


def _values(record: Json, key: str) -> Sequence[JsonValue]:
    values = record.get(key)
    if not isinstance(values, list):
        raise ValueError(f"{key} is not a list")
    return values


def _object(value: JsonValue, key: str) -> Json:
    if not isinstance(value, dict):
        raise ValueError(f"{key} is not an object")
    return value
