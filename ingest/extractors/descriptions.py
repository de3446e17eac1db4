"""Alternative text of pictures, where a person wrote it."""

from __future__ import annotations

import re

_NO_DESCRIPTION = re.compile(
    r"(.*[\\/][^\\/]+|\S+)\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)|https?://\S+"
    r"|(picture|image|bild|grafik|рисунок|изображение|object|objekt|content placeholder|shape)\s*\d*",
    re.IGNORECASE,
)
"""Alternative text that says nothing."""

_GENERATED = re.compile(
    r"\s*(description (automatically )?generated( with (very )?\w+ confidence)?"
    r"|(mit (sehr )?\w+ zuverlässigkeit|automatisch) generierte beschreibung"
    r"|автоматически созданное описание|ai-generated content may be incorrect\.?|ki-generierte inhalte .*)",
    re.IGNORECASE,
)


def written_description(alternative: str) -> str:
    """Return what an alternative text says without what programs put there, or ""."""
    text = _GENERATED.sub("", alternative).strip()
    return "" if _NO_DESCRIPTION.fullmatch(text) else text
