"""What a browser saves beside a web page to make it look the same: styles, scripts, fonts, icons, pictures.

It lies in a folder named after the page: `page_files`, `page-Dateien`, `page_файлы`. Documents that lie there
too, since the page links to them, are no scenery.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

SCENERY = "It only makes a saved web page look as it did: a style, a script, a font, an icon or a picture."

_FOLDER = re.compile(r"(?P<page>.+)(?:[_.-]files|[_-]dateien|[_-]файлы)")
_PAGES = (".html", ".htm", ".xhtml")
_EXTENSIONS = frozenset(
    re.findall(
        r"\w+",
        "css less scss map js mjs cjs json htm html xhtml php asp aspx woff woff2 ttf otf eot ico cur "
        "png jpg jpeg jfif gif webp avif apng svg bmp",
    )
)
_SAVED = ".download"
"""What browsers put behind the name of a script, so that nobody runs it by a click."""


def is_scenery(path: str) -> bool:
    """Tell by its path whether a file is scenery of a saved page.

    A file without an extension in such a folder is: the address it was fetched from had none.
    """
    *folders, name = _fold(path).split("/")
    if not any(_FOLDER.fullmatch(folder) for folder in folders):
        return False
    extension = name.removesuffix(_SAVED).rpartition(".")
    return not extension[0] or extension[2] in _EXTENSIONS


def page_has_folder(folder: str, names: Collection[str]) -> bool:
    """Tell whether a folder is that of a saved page beside it, given the names of the files beside it."""
    found = _FOLDER.fullmatch(_fold(folder))
    if found is None:
        return False
    pages = {found["page"] + extension for extension in _PAGES}
    return any(_fold(name) in pages for name in names)


def is_page_name(name: str) -> bool:
    """Tell by its name whether a file may be a saved page."""
    return _fold(name).endswith(_PAGES)


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
