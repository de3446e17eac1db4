"""Which file beside a saved page a link of it means: by its path, else by the last part of its address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from ingest.mediatypes import FORMATS

_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})$")
_PAGES = frozenset(("htm", "html", "xhtml", "php", "asp", "aspx", "jsp"))
_PICTURES = frozenset(("jpg", "jpeg", "png", "gif", "webp", "svg", "tif", "tiff", "bmp", "ico"))
_NUMBERED = re.compile(r"\s?[(\[]\d{1,3}[)\]](?=\.[^.]+$|$)")
_ALIKE = re.compile(r"[\s_+]+")


def is_document_address(address: str) -> bool:
    """Tell whether an address ends like a file that the archive takes, and is no web page and no picture."""
    return any(
        extension in FORMATS and extension not in _PAGES | _PICTURES
        for name in names_of(address)
        if (extension := _extension(name))
    )


def names_of(address: str) -> tuple[str, ...]:
    """Return what the file of an address may be called: the end of its path, or what its query names."""
    try:
        parts = urlsplit(address)
        asked = [value for _, value in parse_qsl(parts.query, max_num_fields=50)]
    except ValueError:
        return ()
    found = (unquote(parts.path), *asked)
    names = (part.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] for part in found)
    return tuple(dict.fromkeys(name for name in names if name))


class Beside:
    """The files that were saved with a page, by their paths from its folder."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._by_path: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        self._alike: dict[str, list[str]] = {}
        for path in paths:
            name = path.rsplit("/", 1)[-1]
            self._by_path.setdefault(_fold(path), []).append(path)
            self._by_name.setdefault(_fold(name), []).append(path)
            self._alike.setdefault(_loose(name), []).append(path)

    def find(self, address: str) -> str:
        """Return the path of the file that an address means; empty where none does, or several do."""
        if path := _relative_path(address):
            found = self._by_path.get(_fold(path), [])
            if len(found) == 1:
                return found[0]
        for name in names_of(address):
            if not _extension(name):
                continue
            for known, key in ((self._by_name, _fold(name)), (self._alike, _loose(name))):
                found = known.get(key, [])
                if len(found) == 1:
                    return found[0]
        return ""


def _relative_path(address: str) -> str:
    """Return the path of an address that is relative to its page; empty for any other."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return ""
    steps: list[str] = []
    for step in unquote(parts.path).split("/"):
        if step == "..":
            return ""
        steps += [step] if step not in ("", ".") else []
    return "/".join(steps)


def _extension(name: str) -> str:
    match = _EXTENSION.search(name.casefold())
    return match[1] if match else ""


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _loose(name: str) -> str:
    """A name without the number that browsers give to a second copy, and with all spaces alike."""
    return _ALIKE.sub("_", _NUMBERED.sub("", _fold(name)))
