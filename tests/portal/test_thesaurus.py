"""The thesaurus in the portal: its file for staff, the way in for others, and its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from archive.accounts import Role
from archive.errors import NotFoundError
from archive.staff_log import StaffLog
from archive.thesaurus_record import ACTIONS
from index.concept_checks import ConceptError, Kind, Problem
from index.thesaurus import Concept, thesaurus_of
from index.thesaurus_editing import ThesaurusEditing
from index.vocabulary import own_thesaurus
from portal.reader import reader_of
from portal.resources import resources
from portal.routes.thesaurus import LARGEST_BYTES
from portal.thesaurus.page import all_below, concept_page, found_list, name_of, top_concepts
from portal.thesaurus.staff import LOADED, NO_FILE, REFUSED, edits_list, outcome_notice, steps_list
from portal.thesaurus.words import error_words, problem_words
from tests.portal.conftest import Served
from tests.portal.staffed import browser, token

READERS = {code: reader_of({"lang": [code]}, "", dt.date(2026, 11, 27)) for code in ("de", "ru", "en")}
HEATING = "urn:konferenzarchiv:thesaurus:fernwaerme"
SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:y:a> a skos:Concept ; skos:prefLabel "Quirl"@de, "мутовка"@ru .
""".encode()


@pytest.fixture
def staff(served: Served) -> Iterator[TestClient]:
    with browser(Role.STAFF) as client:
        yield client


def hand_in(client: TestClient, name: str, content: bytes) -> str:
    """Hand in a file; return where the answer leads."""
    answer = client.post("/thesaurus/files", files={"file": (name, content)}, headers=token(client))
    assert answer.status_code == 303
    return answer.headers["location"]


def unload_all() -> None:
    editing = ThesaurusEditing(resources().archive, "anna")
    for file in resources().thesaurus.thesauri().record.files:
        editing.unload(file.path)


def test_a_file_is_loaded_and_in_the_whole(staff: TestClient) -> None:
    assert hand_in(staff, "Küche.ttl", SKOS) == f"/thesaurus?outcome={LOADED}"
    (file,) = resources().thesaurus.thesauri().record.files
    assert (file.name, file.by) == ("Küche.ttl", "a-staff")
    answer = staff.get("/thesaurus.ttl")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert "<urn:y:a>" in answer.text
    assert '"Fernwärme"@de' in answer.text
    assert staff.get("/thesaurus?c=urn:y:a").status_code == 200
    unload_all()
    assert staff.get("/thesaurus?c=urn:y:a").status_code == 404


def test_what_cannot_be_loaded_is_told_and_not_kept(staff: TestClient) -> None:
    assert hand_in(staff, "Küche.ttl", b"no Turtle") == f"/thesaurus?outcome={REFUSED}"
    said = outcome_notice(REFUSED, resources().refused_thesauri["a-staff"], own_thesaurus(), READERS["de"])
    assert "„Küche.ttl“ wurde nicht geladen: Das ist kein lesbares Turtle" in said
    assert resources().thesaurus.thesauri().record.files == ()
    answer = staff.post("/thesaurus/files", data={"a": "b"}, headers=token(staff))
    assert answer.headers["location"] == f"/thesaurus?outcome={NO_FILE}"
    huge = {**token(staff), "Content-Length": str(LARGEST_BYTES * 2)}
    assert staff.post("/thesaurus/files", content=b"", headers=huge).status_code == 413


def test_the_same_file_is_loaded_once(staff: TestClient) -> None:
    hand_in(staff, "Küche.ttl", SKOS)
    hand_in(staff, "Anders.ttl", SKOS)
    said = outcome_notice(REFUSED, resources().refused_thesauri["a-staff"], own_thesaurus(), READERS["en"])
    assert "This file is loaded already, as “Küche.ttl”." in said
    unload_all()


def test_a_concept_that_was_taken_out_is_there_for_staff_alone(staff: TestClient) -> None:
    editing = ThesaurusEditing(resources().archive, "anna")
    editing.remove(HEATING)
    with browser() as anybody:
        assert staff.get(f"/thesaurus?c={HEATING}").status_code == 200
        assert anybody.get(f"/thesaurus?c={HEATING}").status_code == 404
        editing.take_back(HEATING)
        answer = anybody.get(f"/thesaurus?c={HEATING}&lang=ru")
    assert "<title>централизованное теплоснабжение – " in answer.text


@pytest.mark.parametrize("language", READERS)
@pytest.mark.parametrize("kind", Kind)
def test_every_problem_is_said(kind: Kind, language: str) -> None:
    problem = Problem(kind, "de", "Wärme", HEATING)
    said = problem_words(problem, own_thesaurus(), READERS[language])
    assert "{" not in said
    assert kind.value not in said.split()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConceptError((Problem(Kind.PREFERRED, "ru"), Problem(Kind.PREFERRED, "en"))), "Russisch: "),
        (NotFoundError("concept", "urn:x"), "Nichts wurde gespeichert: Es ist nicht mehr im Archiv."),
    ],
)
def test_errors_are_said_one_by_one(error: Exception, said: str) -> None:
    lines = error_words(error, own_thesaurus(), READERS["de"])
    assert len(lines) == len(getattr(error, "problems", [0]))
    assert lines[0].startswith(said.split(":")[0])


def test_steps_and_edits_are_told(served: Served) -> None:
    editing = ThesaurusEditing(resources().archive, "anna")
    made = editing.add(Concept("", {"de": "Bratwurst", "ru": "колбаска", "en": "bratwurst"}))
    thesauri = resources().thesaurus.thesauri()
    assert "Bratwurst" in edits_list(thesauri, READERS["de"])
    assert "добавлено" in edits_list(thesauri, READERS["ru"])
    editing.remove(made.uri)
    steps = StaffLog(resources().archive.catalogue.engine).steps(actions=ACTIONS, limit=2)
    told = steps_list(steps, resources().thesaurus.thesauri().own, READERS["en"])
    assert told.index("“bratwurst” taken out") < told.index("“bratwurst” added")
    assert "Kein Begriff ist bearbeitet" in edits_list(resources().thesaurus.thesauri(), READERS["de"])


def test_a_concept_shows_what_is_around_it_and_leads_on() -> None:
    concept = own_thesaurus().concepts[HEATING]
    shown = concept_page(concept, own_thesaurus(), "", READERS["de"])
    for uri in (*concept.broader, *concept.narrower):
        assert name_of(own_thesaurus().concepts[uri], READERS["de"]) in shown
    assert "/?q=district+heating" in shown


def test_a_circle_of_others_does_not_hang_the_page() -> None:
    one = Concept("urn:x:1", {"de": "Eins"}, broader=("urn:x:2",), narrower=("urn:x:2",))
    two = Concept("urn:x:2", {"de": "Zwei"}, broader=("urn:x:1",), narrower=("urn:x:1",))
    thesaurus = thesaurus_of([one, two], {}, 0)
    assert "Zwei" in concept_page(one, thesaurus, "", READERS["de"])


def test_nothing_found_says_what_to_do() -> None:
    assert "Versuchen Sie es mit einem Wortanfang" in found_list((), "<b>", READERS["de"])
    assert "<b>" not in found_list((), "<b>", READERS["de"])


def test_subject_areas_tell_how_many_concepts_they_lead_to() -> None:
    one = Concept("urn:1", {"de": "Eins"}, narrower=("urn:2", "urn:3"))
    two = Concept("urn:2", {"de": "Zwei"}, broader=("urn:1",), narrower=("urn:3",))
    three = Concept("urn:3", {"de": "Drei"}, broader=("urn:1", "urn:2"))
    alone = Concept("urn:4", {"de": "Vier"})
    thesaurus = thesaurus_of((one, two, three, alone), {}, 0)
    assert all_below(one, thesaurus) == {"urn:2", "urn:3"}
    shown = top_concepts(thesaurus, READERS["de"])
    assert "2 Begriffe" in shown
    assert "Vier" not in shown
    assert top_concepts(thesaurus_of((alone,), {}, 0), READERS["de"]) == ""


def test_a_circle_below_a_concept_is_counted_once() -> None:
    one = Concept("urn:1", {"de": "Eins"}, broader=("urn:2",), narrower=("urn:2",))
    two = Concept("urn:2", {"de": "Zwei"}, broader=("urn:1",), narrower=("urn:1",))
    assert all_below(one, thesaurus_of((one, two), {}, 0)) == {"urn:2"}
