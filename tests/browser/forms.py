"""Working in the fields of Streamlit's forms.

While a page is drawn anew, the form that goes and the form that comes stand in it together for a moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

ATTEMPTS = (5, 5, 10, 20, 40)
"""How many seconds something is waited for before it is tried again: what was lost, or what is slow."""


def expect_value(page: Page, label: str, value: str) -> None:
    """Wait until there is one field of this label and it has this value, both at the same moment."""
    page.wait_for_function(
        """([label, value]) => {
          const all = [...document.querySelectorAll("input, textarea")];
          const fields = all.filter(each => each.ariaLabel === label);
          return fields.length === 1 && fields[0].value === value;
        }""",
        arg=[label, value],
    )


def press_one(page: Page, name: str) -> None:
    """Press a button once there is one of this name."""
    button = page.get_by_role("button", name=name)
    expect(button).to_have_count(1)
    button.click()


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list; it closes by itself when the page moves under it, and is opened again then."""
    for seconds in ATTEMPTS:
        combobox = page.get_by_role("combobox", name=label).first
        combobox.evaluate("node => node.scrollIntoView({block: 'center'})")
        combobox.click()
        try:
            page.get_by_role("option", name=option).first.click(timeout=seconds * 1000)
        except PlaywrightTimeoutError:
            page.keyboard.press("Escape")
            continue
        return
    pytest.fail(f"the list {label} never offered {option}")
