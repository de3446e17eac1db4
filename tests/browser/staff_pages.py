"""What tests of the pages for staff do alike: they press buttons, and see what the page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.forms import button

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

DONE = ".stApp[data-test-script-state=notRunning] .st-key-said .notice"


def press(visitor: Visitor, name: str) -> None:
    button(visitor.page, name, exact=True).first.click()


def told(visitor: Visitor, words: str) -> None:
    """Wait until the page says this about what was just done."""
    visitor.page.locator(DONE).get_by_text(re.compile(f"^{re.escape(words)}")).wait_for()


def found(visitor: Visitor, words: str) -> int:
    """Return how many documents a search finds."""
    visitor.open(f"/?q={words}")
    return visitor.count() if visitor.page.locator("h1.count").count() else 0
