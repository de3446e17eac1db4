"""What staff do to the thesaurus of an archive: checked, kept, noted, taken back, and searched at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import EditError, NotFoundError, StorageError
from archive.repository import Archive
from archive.settings import Settings
from archive.staff_log import StaffLog
from archive.thesaurus_record import ACTIONS, ADD, EDIT, LOAD, REMOVE, TAKE_BACK, UNLOAD
from archive.verification import verify
from index.concept_checks import MAX_LABELS, ConceptError, Kind
from index.errors import ThesaurusError
from index.live_thesaurus import LiveThesaurus
from index.thesaurus import MAX_LABEL_CHARS, Concept
from index.thesaurus_editing import ThesaurusEditing
from index.translation import Translator
from index.vocabulary import own_thesaurus

HEATING = "urn:konferenzarchiv:thesaurus:fernwaerme"

NEW = Concept(
    "", {"de": "Bratwurststand", "ru": "ларёк с колбасками", "en": "bratwurst stall"}, broader=(HEATING,)
)

SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:y:a> a skos:Concept ; skos:prefLabel "Quirl"@de, "мутовка"@ru ; skos:broader <urn:y:b> .
<urn:y:b> a skos:Concept ; skos:prefLabel "Küchengerät"@de, "кухонная утварь"@ru .
<urn:konferenzarchiv:thesaurus:fernwaerme> a skos:Concept ; skos:prefLabel "Quark"@de .
""".encode()


BOMB = b"""<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&c;</rdf:RDF>"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home")}))
    yield archive
    archive.close()


@pytest.fixture
def editing(archive: Archive) -> ThesaurusEditing:
    return ThesaurusEditing(archive, "anna")


def concept(archive: Archive, uri: str = HEATING) -> Concept:
    return LiveThesaurus(archive).thesauri().own.concepts[uri]


def kinds(error: pytest.ExceptionInfo[ConceptError]) -> set[tuple[Kind, str]]:
    return {(problem.kind, problem.language) for problem in error.value.problems}


# Edits


def test_an_edit_is_kept_noted_and_taken_back(archive: Archive, editing: ThesaurusEditing) -> None:
    before = concept(archive)
    wanted = replace(before, alternatives={**before.alternatives, "de": ("Stadtheizung",)})
    editing.save(before, wanted)
    assert concept(archive).alternatives["de"] == ("Stadtheizung",)
    editing.take_back(HEATING)
    assert concept(archive) == before == own_thesaurus().concepts[HEATING]
    assert archive.stored.thesaurus().edits == {}
    steps = StaffLog(archive.catalogue.engine).steps(actions=ACTIONS)
    assert [(step.action, step.person, list(step.differences)) for step in steps] == [
        (TAKE_BACK, "anna", [HEATING]),
        (EDIT, "anna", [HEATING]),
    ]
    assert [name for name in steps[1].differences[HEATING]] == ["alternatives"]
    with pytest.raises(NotFoundError):
        editing.take_back(HEATING)


def test_what_is_as_the_program_has_it_is_no_edit(archive: Archive, editing: ThesaurusEditing) -> None:
    before = concept(archive)
    changed = editing.save(before, replace(before, alternatives={}))
    editing.save(replace(changed, narrower=()), before)
    assert archive.stored.thesaurus().edits == {}
    editing.save(before, before)
    assert len(StaffLog(archive.catalogue.engine).steps()) == 2


def test_the_second_of_two_who_edit_the_same_concept_is_told(
    archive: Archive, editing: ThesaurusEditing
) -> None:
    seen = concept(archive)
    editing.save(seen, replace(seen, alternatives={}))
    with pytest.raises(EditError, match=r"^Changed by somebody else .+\. Nothing was saved\.$"):
        editing.save(seen, replace(seen, alternatives={"de": ("Stadtheizung",)}))


def test_a_concept_is_added_and_taken_out_for_good(archive: Archive, editing: ThesaurusEditing) -> None:
    made = editing.add(NEW)
    assert made.uri in concept(archive).narrower
    editing.remove(made.uri)
    assert archive.stored.thesaurus().edits == {}
    actions = [step.action for step in StaffLog(archive.catalogue.engine).steps()]
    assert actions == [REMOVE, ADD]


def test_a_concept_of_the_program_is_taken_out_and_brought_back(
    archive: Archive, editing: ThesaurusEditing
) -> None:
    below = concept(archive).narrower
    editing.remove(HEATING)
    assert HEATING not in LiveThesaurus(archive).thesauri().own.concepts
    with pytest.raises(NotFoundError):
        editing.remove(HEATING)
    editing.take_back(HEATING)
    assert concept(archive).narrower == below


def test_relations_that_two_concepts_have_are_one(archive: Archive, editing: ThesaurusEditing) -> None:
    made = editing.add(NEW)
    editing.save(made, replace(made, related=(HEATING,)))
    heating = concept(archive)
    editing.save(heating, replace(heating, related=tuple({*heating.related} - {made.uri})))
    assert concept(archive, made.uri).related == ()
    editing.save(concept(archive), replace(concept(archive), related=(*heating.related, made.uri)))
    assert HEATING in concept(archive, made.uri).related


# What is refused


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"preferred": {"de": "Neu", "en": "new"}}, (Kind.PREFERRED, "ru")),
        ({"preferred": {"de": " ", "ru": "новое", "en": "new thing"}}, (Kind.PREFERRED, "de")),
        ({"alternatives": {"de": ("Fernwärme",)}}, (Kind.TAKEN, "de")),
        ({"alternatives": {"de": ("FERNWÄRME",)}}, (Kind.TAKEN, "de")),
        ({"alternatives": {"ru": ("ларёк с  колбасками",)}}, (Kind.TWICE, "ru")),
        ({"alternatives": {"en": ("…",)}}, (Kind.LABEL, "en")),
        ({"alternatives": {"en": ("x" * (MAX_LABEL_CHARS + 1),)}}, (Kind.LABEL, "en")),
        ({"alternatives": {"en": tuple(f"x{n}" for n in range(MAX_LABELS))}}, (Kind.MANY, "en")),
        ({"broader": ("urn:nothing",)}, (Kind.GONE, "")),
        ({"related": ("urn:nothing",)}, (Kind.GONE, "")),
    ],
)
def test_what_is_wrong_is_told(
    archive: Archive, editing: ThesaurusEditing, values: dict[str, object], problem: tuple[Kind, str]
) -> None:
    with pytest.raises(ConceptError) as refused:
        editing.add(replace(NEW, **values))  # type: ignore[arg-type]
    assert problem in kinds(refused)
    assert archive.stored.thesaurus().edits == {}
    assert StaffLog(archive.catalogue.engine).steps() == ()


def test_a_label_may_be_the_same_in_another_language(archive: Archive, editing: ThesaurusEditing) -> None:
    made = editing.add(replace(NEW, alternatives={"en": ("Fernwärme",)}))
    assert concept(archive, made.uri).alternatives == {"en": ("Fernwärme",)}


def test_no_concept_is_above_itself(archive: Archive, editing: ThesaurusEditing) -> None:
    made = editing.add(NEW)
    below = editing.add(
        Concept("", {"de": "Senfspender", "ru": "дозатор горчицы", "en": "mustard pump"}, {}, (made.uri,))
    )
    for broader in (made.uri, below.uri):
        with pytest.raises(ConceptError) as refused:
            editing.save(concept(archive, made.uri), replace(made, broader=(broader,)))
        assert kinds(refused) == {(Kind.CIRCLE, "")}


def test_an_edit_is_not_taken_back_where_its_label_is_taken_meanwhile(
    archive: Archive, editing: ThesaurusEditing
) -> None:
    before = concept(archive)
    renamed = {**before.preferred, "de": "Stadtheizung"}
    editing.save(before, replace(before, preferred=renamed))
    editing.add(replace(NEW, alternatives={"de": ("Fernwärme",)}))
    with pytest.raises(ConceptError) as refused:
        editing.take_back(HEATING)
    assert (Kind.TAKEN, "de") in kinds(refused)


# Files


def test_a_file_is_loaded_beside_and_taken_out(archive: Archive, editing: ThesaurusEditing) -> None:
    live = LiveThesaurus(archive)
    words = live.words()
    file = editing.load("C:\\Listen\\Küche.ttl", io.BytesIO(SKOS))
    assert (file.name, file.media_type, file.concepts, file.by) == ("Küche.ttl", "text/turtle", 3, "anna")
    assert archive.stored.thesaurus_file(file).read_bytes() == SKOS
    assert live.words() is not words
    assert dict(live.words().translations("quirl", "de", "ru")) == {"мутовка": 1.0}
    assert live.words().translations("quark", "de", "ru") == {}, "the first who has a concept says what it is"
    with pytest.raises(EditError, match="loaded already"):
        editing.load("Noch einmal.ttl", io.BytesIO(SKOS))
    assert not list(verify(archive))
    editing.unload(file.path)
    assert live.words().translations("quirl", "de", "ru") == {}
    with pytest.raises(NotFoundError):
        editing.unload(file.path)
    assert [step.action for step in StaffLog(archive.catalogue.engine).steps()] == [UNLOAD, LOAD]
    assert list((archive.settings.home / "received").iterdir()) == []
    assert list((archive.settings.home / "thesaurus").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", b"no Turtle"),
        ("a.ttl", b""),
        ("a.exe", SKOS),
        ("a", SKOS),
        (
            "a.rdf",
            BOMB,
        ),
    ],
)
def test_what_holds_no_thesaurus_is_not_kept(
    archive: Archive, editing: ThesaurusEditing, name: str, content: bytes
) -> None:
    with pytest.raises(ThesaurusError, match=rf"^The thesaurus {name} cannot be read: "):
        editing.load(name, io.BytesIO(content))
    assert archive.stored.thesaurus().files == ()
    assert list((archive.settings.home / "received").iterdir()) == []
    assert list((archive.settings.home / "thesaurus").iterdir()) == []


def test_a_file_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    settings = Settings.from_env({"ARCHIVE_HOME": str(tmp_path), "ARCHIVE_MAX_FILE_MB": "1"})
    archive = Archive.open(settings)
    with pytest.raises(StorageError, match="larger"):
        ThesaurusEditing(archive, "anna").load("a.ttl", io.BytesIO(b"#" * (1 << 21)))
    archive.close()


def test_a_file_that_takes_too_much_to_read_is_not_kept(tmp_path: Path) -> None:
    environment = {"ARCHIVE_HOME": str(tmp_path), "ARCHIVE_READ_TIMEOUT_SECONDS": "1"}
    archive = Archive.open(Settings.from_env(environment))
    concepts = (f'<urn:x:{n}> a skos:Concept ; skos:prefLabel "Wort {n}"@de .\n' for n in range(30_000))
    content = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n" + "".join(concepts)
    with pytest.raises(ThesaurusError, match="takes too much memory or time"):
        ThesaurusEditing(archive, "anna").load("a.ttl", io.BytesIO(content.encode()))
    assert archive.stored.thesaurus().files == ()
    assert list((tmp_path / "thesaurus").iterdir()) == []
    archive.close()


def test_a_file_of_too_many_concepts_is_not_kept(
    archive: Archive, editing: ThesaurusEditing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.thesaurus_editing.MAX_CONCEPTS", 2)
    with pytest.raises(ThesaurusError, match=r"more than 2 concepts\. Load a part"):
        editing.load("a.ttl", io.BytesIO(SKOS))
    assert archive.stored.thesaurus().files == ()
    assert list((archive.settings.home / "thesaurus").iterdir()) == []


def test_what_was_read_of_a_file_is_made_again_where_it_is_missing(
    archive: Archive, editing: ThesaurusEditing
) -> None:
    editing.load("a.ttl", io.BytesIO(SKOS))
    (made,) = (archive.settings.home / "thesaurus").iterdir()
    content = made.read_bytes()
    made.unlink()
    assert "urn:y:a" in LiveThesaurus(archive).thesauri().together.concepts
    assert made.read_bytes() == content


# What searches make of it


def test_the_same_words_are_given_until_something_changes(
    archive: Archive, editing: ThesaurusEditing
) -> None:
    live = LiveThesaurus(archive)
    words, stamp = live.words(), live.stamp()
    assert live.words() is words
    editing.add(NEW)
    assert live.stamp() != stamp
    assert live.words() is not words


def test_an_edit_changes_what_a_word_is_translated_by(archive: Archive, editing: ThesaurusEditing) -> None:
    live = LiveThesaurus(archive)

    def found() -> list[str]:
        translator = Translator(("de", "ru", "en"), thesaurus=live.words())
        return [each.key for each in translator.translations("grillkiosk", "de") if each.language == "ru"]

    assert found() == []
    made = editing.add(replace(NEW, alternatives={"de": ("Grillkiosk",), "ru": ("мангал",)}))
    assert found() == ["мангал"]
    editing.remove(made.uri)
    assert found() == []


def test_the_storage_root_alone_brings_all_back(archive: Archive, editing: ThesaurusEditing) -> None:
    made = editing.add(NEW)
    editing.load("Küche.ttl", io.BytesIO(SKOS))
    archive.close()
    home = archive.settings.home
    (home / "storage").rename(home.parent / "storage")
    fresh = home.parent / "fresh"
    fresh.mkdir()
    (home.parent / "storage").rename(fresh / "storage")
    again = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(fresh)}), rebuilding=True)
    together = LiveThesaurus(again).thesauri().together
    assert {made.uri, "urn:y:a"} <= together.concepts.keys()
    again.close()


def test_a_damaged_record_leaves_the_programs_own(archive: Archive, editing: ThesaurusEditing) -> None:
    editing.add(NEW)
    for path in (archive.settings.home / "storage").rglob("v1/content/*"):
        path.write_bytes(b"{}")
    assert LiveThesaurus(archive).thesauri().together is own_thesaurus()
    assert list(verify(archive))


def test_a_damaged_file_leaves_the_others(archive: Archive, editing: ThesaurusEditing) -> None:
    file = editing.load("Küche.ttl", io.BytesIO(SKOS))
    archive.stored.thesaurus_file(file).write_bytes(b"no Turtle")
    thesauri = LiveThesaurus(archive).thesauri()
    assert thesauri.record.files == (file,)
    assert thesauri.loaded == {}
    assert thesauri.together is own_thesaurus()
