"""What counts as a contact, and what only looks like one."""

from __future__ import annotations

import pytest

from archive.contacts import count_contacts, mask_contacts


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("schreiben Sie an m.muster+ko@stadt-karlsruhe.example.de!", "schreiben Sie an …!"),
        ("почта@город.рф", "…"),
        ("+49 (0)30 / 66 777-0", "…"),
        ("0049 30 66777", "…"),
        ("+7 (861) 255-43-38, доб. 5", "…, доб. 5"),
        ("Tel.: 030 2061 3390", "Tel.: …"),
        ("тел. 8 861 255 43 38", "тел. …"),
        ("Fax 0721/133-5409", "Fax …"),
    ],
)
def test_contacts_are_found(text: str, masked: str) -> None:
    assert mask_contacts(text) == masked
    assert count_contacts(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2012–2017",
        "1 234 567 Einwohner",
        "28.06.2017",
        "10 000 000 руб.",
        "§ 24 Abs. 3",
        "a @ b",
        "@dena",
        "ISO 9001:2015",
    ],
)
def test_numbers_and_signs_are_no_contacts(text: str) -> None:
    assert mask_contacts(text) == text
    assert count_contacts(text) == 0
