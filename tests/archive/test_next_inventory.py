"""What the inventory of an object says after one more version, beside what ocfl-py makes of the same."""

from __future__ import annotations

import pytest
from ocfl.inventory import Inventory as OtherInventory
from ocfl.layout_registry import get_layout

from archive.declarations import LAYOUT, layout_path
from archive.inventories import encoded, parse
from archive.next_inventory import next_inventory

ABOUT = {"created": "2026-11-27T10:00:00Z", "message": "Deposited", "user": {"name": "x", "address": "urn:x"}}
ONE, TWO, THREE = ("1" * 128, "2" * 128, "3" * 128)


@pytest.mark.parametrize(
    "identifier", ["urn:konferenzarchiv:document:k3v9x2", "Grüße / привет", "x" * 101, "ю" * 40, "a-b_c.d"]
)
def test_objects_lie_where_ocfl_py_would_put_them(identifier: str) -> None:
    assert layout_path(identifier) == get_layout(LAYOUT).identifier_to_path(identifier)


def test_two_versions_are_those_of_ocfl_py() -> None:
    first = next_inventory("urn:x", None, {"record.json": ONE, "originals/1/A.PDF": TWO}, ABOUT)
    before = parse(encoded(first.inventory))
    second = next_inventory("urn:x", before, {"record.json": THREE, "originals/2/A.PDF": TWO}, ABOUT)

    other = OtherInventory()
    other.id, other.spec_version, other.digest_algorithm = "urn:x", "1.1", "sha512"
    other.init_manifest_and_versions()
    version = other.add_version(metadata=dict(ABOUT), state={})
    version.add_file(digest=ONE, logical_path="record.json", content_path=f"{'1' * 32}.json")
    version.add_file(digest=TWO, logical_path="originals/1/A.PDF", content_path=f"{'2' * 32}.pdf")
    assert encoded(first.inventory) == encoded(other.data)
    state = {TWO: ["originals/1/A.PDF"]}
    version = other.add_version(metadata=dict(ABOUT), state=state)
    version.add_file(digest=THREE, logical_path="record.json", content_path=f"{'3' * 32}.json")
    assert version.add_file(digest=TWO, logical_path="originals/2/A.PDF") is None
    assert encoded(second.inventory) == encoded(other.data)


def test_only_new_bytes_get_a_place() -> None:
    first = next_inventory("urn:x", None, {"a.txt": ONE, "b.txt": ONE}, ABOUT)
    assert first.content == {"a.txt": f"v1/content/{'1' * 32}.txt"}
    second = next_inventory("urn:x", parse(encoded(first.inventory)), {"a.txt": TWO, "c.txt": ONE}, ABOUT)
    assert (second.head, second.content) == ("v2", {"a.txt": f"v2/content/{'2' * 32}.txt"})
    assert parse(encoded(second.inventory)).state(2) == {"a.txt": TWO, "b.txt": ONE, "c.txt": ONE}
    assert parse(encoded(second.inventory)).state(1) == {"a.txt": ONE, "b.txt": ONE}
