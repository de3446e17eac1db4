"""What stands in the field of a form, once the form of before is gone.

While a page is drawn anew, the form that goes and the form that comes stand in it together for a moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


def expect_value(page: Page, label: str, value: str) -> None:
    """Wait until there is one field of this label, and it has this value."""
    field = page.get_by_label(label, exact=True)
    expect(field).to_have_count(1)
    expect(field).to_have_value(value)
