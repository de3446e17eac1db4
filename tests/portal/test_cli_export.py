from __future__ import annotations

from pathlib import Path

import bagit

from bench.command import portal

SAMPLES = Path(__file__).parents[2] / "samples" / "2017-krasnodar"


def test_a_conference_goes_out_as_a_bag_and_comes_in_again(tmp_path: Path) -> None:
    here, there, out = tmp_path / "here", tmp_path / "there", tmp_path / "out"
    portal(here, "ingest", str(SAMPLES))
    written = portal(here, "export", "2017-krasnodar", str(out))
    assert written.code == 0, written.errors
    bagit.Bag(str(out)).validate()
    read = portal(there, "ingest", str(out), "--json")
    assert read.code == 1, "the damaged sample is held"
    found = [portal(home, "search", "Fernwärme", "--json").objects[0] for home in (here, there)]
    first, second = ([hit["document"] for hit in each["hits"]] for each in found)
    assert first == second != []
    assert {line["status"] for line in read.objects} == {"deposited", "held"}
    assert portal(there, "verify").code == 0
    assert portal(here, "export", "2017-krasnodar", str(out)).code == 2
    assert portal(there, "ingest", str(out), "--conference", "x").code == 2
