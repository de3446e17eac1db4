"""The end of a page, which is where its text ends, not where a tag says so.

Pages go on behind the tags that end body and document, where they were put together of several. A browser
reads on; the parser would not.

Source: HTML Living Standard, 13.2.6.4.19 (after body), 13.2.6.4.22 (after after body).
"""

from __future__ import annotations

import re

_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)


def without_ends(text: str) -> str:
    """Return a page without the tags that end its body and itself."""
    return _ENDS.sub(" ", text)
