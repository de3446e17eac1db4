"""SKOS files are read whatever way they are written, and refused where they would do harm."""

from __future__ import annotations

import logging
import socket
from pathlib import Path

import pytest
from rdflib import Graph

from index import skos
from index.errors import ThesaurusError
from index.skos import read_thesaurus
from index.skos_xml import MAX_DEPTH, MAX_NAMESPACES, MAX_TAG_BYTES, MAX_TEXT_CHARS
from index.thesaurus import MAX_LABEL_CHARS, Thesaurus

PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix x: <urn:x:> .\n"
HEAT = """
x:heat a skos:Concept ;
    skos:prefLabel "Fernwärme"@de, "теплоснабжение"@ru, "district heating"@en-GB, "steam heat"@en-US ;
    skos:altLabel "Fernheizung"@de, "Fernwärme"@de, "chauffage urbain"@fr, "FW" ;
    skos:definition "Wärme aus einem Netz."@de ;
    skos:broader x:supply ;
    skos:related x:map, x:gone .
x:supply a skos:Concept ; skos:prefLabel "Wärmeversorgung"@de ; skos:narrower x:power .
x:power a skos:Concept ; skos:prefLabel "KWK"@de .
x:map a skos:Concept ; skos:prefLabel "Wärmekarte"@de .
x:gone a skos:Concept ; skos:prefLabel "gasworks"@nl .
x:scheme a skos:ConceptScheme ; skos:prefLabel "Energie"@de .
"""
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
    '<skos:Concept rdf:about="urn:x:heat"><skos:prefLabel xml:lang="de">Fernwärme</skos:prefLabel>%s'
    "</skos:Concept></rdf:RDF>"
)
MANY_NAMESPACES = " ".join(f'xmlns:n{number}="urn:n"' for number in range(MAX_NAMESPACES + 1))


def read(folder: Path, content: str | bytes, name: str = "t.ttl") -> Thesaurus:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_thesaurus([path])


@pytest.mark.parametrize(("name", "form"), [("t.ttl", "turtle"), ("T.NT", "nt"), ("t.rdf", "pretty-xml")])
def test_all_ways_to_write_skos_say_the_same(tmp_path: Path, name: str, form: str) -> None:
    said = Graph().parse(data=PREFIXES + HEAT, format="turtle").serialize(format=form)
    thesaurus = read(tmp_path, said, name)
    assert sorted(thesaurus.concepts) == ["urn:x:heat", "urn:x:map", "urn:x:power", "urn:x:supply"]
    heat = thesaurus.concepts["urn:x:heat"]
    assert heat.preferred["de"] == "Fernwärme"
    assert heat.preferred["en"] in ("district heating", "steam heat")
    assert heat.alternatives["de"] == ("Fernheizung",)
    assert {*heat.labels("en")} == {"district heating", "steam heat"}
    assert (heat.broader, heat.narrower, heat.related) == (("urn:x:supply",), (), ("urn:x:map",))


def test_relations_are_known_from_both_ends(tmp_path: Path) -> None:
    concepts = read(tmp_path, PREFIXES + HEAT).concepts
    assert concepts["urn:x:supply"].narrower == ("urn:x:heat", "urn:x:power")
    assert concepts["urn:x:power"].broader == ("urn:x:supply",)
    assert concepts["urn:x:map"].related == ("urn:x:heat",)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    long = "a" * (MAX_LABEL_CHARS + 1)
    more = f'x:map skos:altLabel "{long}"@de, "…"@de, "Karte  der\\nWärme"@de ; skos:broader x:map .'
    thesaurus = read(tmp_path, PREFIXES + HEAT + more)
    assert thesaurus.ignored_labels == {"fr": 1, "": 1, "nl": 1, "de": 2}
    assert thesaurus.ignored_relations == 2
    assert thesaurus.concepts["urn:x:map"].labels("de") == ("Wärmekarte", "Karte der Wärme")


def test_the_label_of_the_language_goes_before_that_of_a_country(tmp_path: Path) -> None:
    text = 'x:a a skos:Concept ; skos:prefLabel "colour"@en-GB, "color"@EN ; skos:altLabel "hue"@en .'
    concept = read(tmp_path, PREFIXES + text).concepts["urn:x:a"]
    assert concept.labels("en") == ("color", "colour", "hue")


def test_files_add_up(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(PREFIXES + HEAT, encoding="utf-8")
    more = PREFIXES + 'x:heat skos:altLabel "Fernwaerme"@de ; skos:related x:power .'
    (tmp_path / "b.ttl").write_text(more, encoding="utf-8-sig")
    heat = read_thesaurus([tmp_path / "a.ttl", tmp_path / "b.ttl"]).concepts["urn:x:heat"]
    assert heat.alternatives["de"] == ("Fernheizung", "Fernwaerme")
    assert heat.related == ("urn:x:map", "urn:x:power")
    assert read_thesaurus([]).concepts == {}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("t.json", "{}", "Save it as Turtle"),
        ("t.jsonld", '{"@context": "http://127.0.0.1:9/c"}', "Save it as Turtle"),
        ("t.ttl", "Fernwärme; Fernheizung", "no Turtle"),
        ("t.ttl", PREFIXES + "x:a x:b \xff".replace("\xff", "\udcff"), "no Turtle"),
        ("t.ttl", XML % "", "no Turtle"),
        ("t.ttl", PREFIXES + "x:a x:b " + "[ x:b " * 100_000, "no Turtle"),
        ("t.ttl", PREFIXES + "@base <a/> .\n" * 101, "@base"),
        ("t.ttl", PREFIXES, "no skos:Concept"),
        ("t.ttl", "", "no skos:Concept"),
        ("t.rdf", PREFIXES + HEAT, "no XML"),
        ("t.rdf", '<?xml version="1.0" encoding="utf-99"?>' + XML % "", "no XML"),
        ("t.rdf", XML % "<skos:note rdf:ID='1'/>", "no RDF/XML"),
        ("t.rdf", XML % ("<skos:note>" * MAX_DEPTH + "</skos:note>" * MAX_DEPTH), "within one another"),
        ("t.rdf", XML % f"<skos:note>{'a' * (MAX_TEXT_CHARS + 1)}</skos:note>", "a text of more than"),
        (
            "t.rdf",
            XML % '<skos:note rdf:parseType="Literal">a<b>b</b></skos:note>',
            "parseType",
        ),
        (
            "t.rdf",
            XML % f"<x {MANY_NAMESPACES}/>",
            "namespaces",
        ),
        ("t.rdf", XML % f'<skos:note skos:a="{"a" * (MAX_TAG_BYTES + 200_000)}"/>', "without end"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    with pytest.raises(ThesaurusError, match=reason) as caught:
        read(tmp_path, content.encode(errors="surrogateescape"), name)
    assert caught.value.path.name == name
    assert name in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;]>',
    ],
)
def test_entities_are_refused(tmp_path: Path, declaration: str) -> None:
    with pytest.raises(ThesaurusError, match="entities"):
        read(tmp_path, declaration + XML % "<skos:altLabel xml:lang='de'>&b;</skos:altLabel>", "t.rdf")


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a file made the reader open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    imports = "<http://127.0.0.1:9/> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/a.ttl> ."
    assert read(tmp_path, f"{PREFIXES}@base <http://127.0.0.1:9/> .{imports}{HEAT}").concepts
    dtd = '<!DOCTYPE rdf:RDF SYSTEM "http://127.0.0.1:9/a.dtd">'
    assert read(tmp_path, dtd + XML % "", "t.rdf").concepts


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skos, "MAX_BYTES", 1 << 20)
    with pytest.raises(ThesaurusError, match="more than 1 MB"):
        read(tmp_path, PREFIXES + HEAT + "#" * (1 << 20))


def test_odd_addresses_and_numbers_are_taken_in_silence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    odd = 'x:heat x:n "many"^^<http://www.w3.org/2001/XMLSchema#integer> ; x:a <urn:x:a|b> .'
    assert read(tmp_path, PREFIXES + HEAT + odd).concepts
    assert caplog.records == []
