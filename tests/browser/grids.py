"""Working in Streamlit's grids, which are drawn on a canvas and listened to by the keyboard.

A grid is drawn anew when its page arranges itself, and what was clicked or typed just then is lost. Beside
its canvas it keeps a table for screen readers that says what is selected; a step counts when that table, or
the page, says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.forms import ATTEMPTS

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

HEADER, ROW, BOX = 18, 37, 20
"""Pixels: from the top to the middle of the head, from row to row, from the left to the middle of a box."""


def insist(do: Callable[[], None], seen: Locator) -> None:
    """Do something in a grid again until what shows that it was done is there."""
    for seconds in ATTEMPTS:
        do()
        try:
            seen.wait_for(state="attached", timeout=seconds * 1000)
        except PlaywrightTimeoutError:
            continue
        return
    pytest.fail(f"the grid never took it: {seen}")


def click(visitor: Visitor, x: int, y: int) -> None:
    """Click into the first grid of the page, pixels from its upper left corner, once it stands still."""
    canvas = visitor.page.locator("[data-testid=stDataFrame] canvas").first
    canvas.locator("[role=gridcell]").first.wait_for(state="attached")  # drawn, and not only there
    canvas.scroll_into_view_if_needed()
    box, before = canvas.bounding_box(), None
    while box != before:
        visitor.page.wait_for_timeout(200)
        box, before = canvas.bounding_box(), box
    assert box is not None
    visitor.page.mouse.click(box["x"] + x, box["y"] + y)


def select(visitor: Visitor, row: int, x: int) -> None:
    """Select the cell at this place of a row, from 0; the head is not counted."""
    chosen = visitor.page.locator(f"[id$='-{row}'][role=gridcell][aria-selected=true]").first
    insist(lambda: click(visitor, x, ROW * (row + 1) + HEADER), chosen)


def tick_all(visitor: Visitor, seen: Locator) -> None:
    """Tick the box in the head, and so every row, until the page says so; a second click takes it back."""
    ticked = visitor.page.locator("[data-testid=stDataFrame] [role=row][aria-selected=true]")

    def do() -> None:
        if not ticked.count():
            click(visitor, BOX, HEADER)

    insist(do, seen)


def press(visitor: Visitor, row: int, x: int, key: str, seen: Locator) -> None:
    """Select a cell and press a key in it, until what the key does is seen."""

    def do() -> None:
        select(visitor, row, x)
        visitor.page.keyboard.press(key)

    insist(do, seen)
