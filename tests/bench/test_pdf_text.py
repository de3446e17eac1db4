from __future__ import annotations

from bench.support.pdf_text import compare


def test_other_spaces_ligatures_and_hyphens_at_line_ends_are_no_errors() -> None:
    likeness = compare(["Ef\ufb01zienz  der Ver-\nwaltung"], ["Effizienz der\nVerwaltung\n"])
    assert (likeness.edits, likeness.missing.total(), likeness.recall) == (0, 0, 1.0)
    assert likeness.ratio == 22 / 22


def test_another_order_is_an_error_but_nothing_is_missing() -> None:
    likeness = compare(["rechts links"], ["links rechts"])
    assert likeness.error_rate > 0.5
    assert (likeness.recall, likeness.ratio) == (1.0, 1.0)


def test_a_word_on_another_page_is_missing_and_makes_up_for_no_other() -> None:
    likeness = compare(["Netz Netz", "Licht"], ["Netz", "Netz Licht"])
    assert dict(likeness.missing) == {"Netz": 1}
    assert likeness.their_words == 3
    assert likeness.ratio == 1.0


def test_pages_that_were_not_read_count() -> None:
    likeness = compare(["Netz"], ["Netz", "Licht"])
    assert likeness.ratio == 4 / 9
    assert dict(likeness.missing) == {"Licht": 1}
