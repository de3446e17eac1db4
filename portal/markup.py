"""HTML from values: the only place where text from outside becomes markup.

A `str` is text and is escaped when it is put into an element; `Markup` is HTML already. Direction overrides
are taken out of texts, since they could reorder what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup as Markup
from markupsafe import escape

from index.results import Snippet

NOTHING = Markup("")
DOT = Markup('<span class="dot" aria-hidden="true">·</span>')
SLASH = Markup('<span aria-hidden="true">/</span>')

_UNSEEN = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]")
_VOID = frozenset({"img", "input", "link", "meta", "br"})


def text(value: str) -> Markup:
    """Escape a text; markup stays as it is."""
    return value if isinstance(value, Markup) else escape(seen(value))


def seen(value: str) -> str:
    """Return a text without what nobody sees: for places that take text and no markup."""
    return _UNSEEN.sub("", value)


def beginning(value: str, length: int) -> str:
    """Return a text on one line, or as many whole words of it as so many characters hold."""
    words = " ".join(value.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"


def tag(name: str, /, *content: str, css: str = "", **attributes: str | int | bool | None) -> Markup:
    """Make an element.

    Args:
        content: texts, which are escaped, and markup.
        css: its classes.
        attributes: `data_id` becomes `data-id`; None and False leave one out, True gives it no value.
    """
    written = [f' class="{text(css)}"'] if css else []
    for key, value in attributes.items():
        if value is True:
            written.append(f" {key.replace('_', '-')}")
        elif value is not None and value is not False:
            written.append(f' {key.replace("_", "-")}="{text(str(value))}"')
    opening = f"<{name}{''.join(written)}>"
    return Markup(opening if name in _VOID else f"{opening}{together(content)}</{name}>")


def together(parts: Iterable[str], separator: str = "") -> Markup:
    """Put parts one after the other; empty ones are left out."""
    return Markup(text(separator).join(text(part) for part in parts if part))


def marked(snippet: Snippet) -> Markup:
    """Escape an excerpt and put `<mark>` around what was found."""
    parts: list[Markup] = []
    done = 0
    for start, end in snippet.marks:
        parts += [text(snippet.text[done:start]), tag("mark", snippet.text[start:end])]
        done = end
    return together([*parts, text(snippet.text[done:])])


def link(
    url: str, *content: str, css: str = "", data_id: str | None = None, lang: str | None = None
) -> Markup:
    """Link to an address of our own, or to a web page; an address of any other kind becomes plain text."""
    if url.startswith(("https://", "http://")):
        return tag("a", *content, css=css, href=url, rel="noopener external", data_id=data_id, lang=lang)
    if url.startswith("/") and not url.startswith("//"):
        return tag("a", *content, css=css, href=url, data_id=data_id, lang=lang)
    return tag("span", *content, lang=lang)


def badge(language: str, name: str) -> Markup:
    """Show a language as a small coloured code that is read out by its name."""
    known = language if language in ("de", "ru", "en") else "other"
    code = language.upper() if len(language) == 2 else "…"
    return tag("abbr", code, css=f"lang lang-{known}", title=name)


def paragraphs(value: str) -> Markup:
    """Turn blank lines into paragraphs."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", value))
    return together(tag("p", block) for block in blocks if block)


def lang(language: str) -> str | None:
    """Return a language as the attribute `lang` wants it; None where it is not known."""
    return language if len(language) == 2 else None
