"""Finding what is on a page of Streamlit, and working in its forms.

While a page is drawn anew, what goes and what comes stand in it together for a moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ATTEMPTS = (5, 5, 10, 20, 40)
"""How many seconds something is waited for before it is tried again: what was lost, or what is slow."""


def field(page: Page, label: str, *, exact: bool = False) -> Locator:
    """Find a field in the form that comes."""
    return _fresh(page.get_by_label(label, exact=exact))


def button(page: Page, name: str, *, exact: bool = False) -> Locator:
    """Find a button in the form that comes."""
    return _fresh(page.get_by_role("button", name=name, exact=exact))


def wording(page: Page, text: str, *, exact: bool = False) -> Locator:
    """Find words on the page that comes."""
    return _fresh(page.get_by_text(text, exact=exact))


def _fresh(found: Locator) -> Locator:
    return found.and_(found.page.locator(":not([data-stale=true] *)"))


def expect_value(page: Page, label: str, value: str) -> None:
    """Wait until a field has a value."""
    expect(field(page, label, exact=True)).to_have_value(value)


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list; it closes by itself when the page moves under it, and is opened again then."""
    for seconds in ATTEMPTS:
        combobox = _fresh(page.get_by_role("combobox", name=label)).first
        combobox.evaluate("node => node.scrollIntoView({block: 'center'})")
        combobox.click()
        try:
            page.get_by_role("option", name=option).first.click(timeout=seconds * 1000)
        except PlaywrightTimeoutError:
            page.keyboard.press("Escape")
            continue
        return
    pytest.fail(f"the list {label} never offered {option}")
