"""Proposals are kept as JSON and come back the same."""

from __future__ import annotations

import json

import pytest

from ingest.proposals import Field, Proposal, Reason, proposals_from_json, proposals_to_json

PROPOSALS = {
    Field.TITLE: Proposal("Wärme für Dörfer", Reason.FIRST_PAGE, {"text": "Wärme für Dörfer"}),
    Field.CREATORS: Proposal([], Reason.NONE),
    Field.LANGUAGES: Proposal(["de", "ru"], Reason.COUNTED, {"shares": {"de": 0.7, "ru": 0.3}}),
    Field.DATE: Proposal(None, Reason.NONE),
}


def test_proposals_come_back_from_json() -> None:
    record = json.loads(json.dumps(proposals_to_json(PROPOSALS)))

    assert proposals_from_json(record) == PROPOSALS


def test_a_file_not_read_yet_has_no_proposals() -> None:
    assert proposals_from_json(None) == {}


def test_every_reason_has_a_meaning_of_its_own() -> None:
    assert len({reason.value for reason in Reason}) == len(Reason)


@pytest.mark.parametrize(
    "record",
    [
        {"title": {"value": "", "details": {}}},
        {"title": {"value": "", "reason": "magic", "details": {}}},
        {"title": {"value": "", "reason": "given", "details": []}},
        {"colour": {"value": "", "reason": "given", "details": {}}},
        {"title": "given"},
    ],
)
def test_what_is_no_proposal_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        proposals_from_json(record)  # type: ignore[arg-type]
