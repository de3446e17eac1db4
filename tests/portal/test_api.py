from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from portal.resources import resources
from portal.results_json import result_page_to_json
from portal.routes import ROUTES
from portal.routes.api import SearchParameters, SuggestParameters, TranslationParameters

PAGE_PARAMETERS = (
    "q",
    "language",
    "conference",
    "panel",
    "kind",
    "year",
    "exact",
    "translate",
    "names",
    "without",
    "sort",
    "page",
    "d",
    "p",
    "id",
    "lang",
)
"""Parameters of the pages' addresses."""

if TYPE_CHECKING:
    from tests.portal.conftest import Served


def test_a_query_without_hits_is_counted_and_nobody_named(served: Served) -> None:
    for _ in range(2):
        answer = served.client.get("/api/v1/search", params={"q": "Nirgendwort ivan@example.org"})
        assert answer.json()["total"] == 0
    shared = resources()
    shared.unanswered.flush()
    told = [(each.query, each.language, each.times) for each in shared.search_log.entries()]
    assert [each for each in told if "nirgendwort" in each[0]] == [("nirgendwort …", "api", 1)]


def test_search_answers_with_hits_pages_and_facets(served: Served) -> None:
    answer = served.client.get("/api/v1/search", params={"q": "Fernwärme"})
    found = answer.json()
    assert answer.status_code == 200
    assert set(found) == {
        "total",
        "took_ms",
        "hits",
        "facets",
        "expanded",
        "absent",
        "did_you_mean",
        "understood",
        "message",
    }
    assert found["total"] == 1
    (hit,) = found["hits"]
    assert hit["document"] == "7k3mx9q2f1"
    assert hit["match"] == "all"
    assert hit["path"] == "ordner/Vortrag ä.pdf"
    assert hit["files"] == ["ordner/Vortrag ä.pdf", "ordner/Vortrag ä.pptx"]
    page = hit["pages"][0]
    start, end = page["marks"][0]
    assert page["snippet"][start:end].casefold() == "fernwärme"
    assert {"value": "2017-krasnodar", "count": 1} in found["facets"]["conference"]


def test_a_filter_by_language_speaks_of_pages(served: Served) -> None:
    def total(**parameters: str) -> int:
        count: int = served.client.get("/api/v1/search", params=parameters).json()["total"]
        return count

    assert total(q="Trinkwasser", language="de") == 1
    assert total(q="Trinkwasser", language="ru", translate="0") == 0
    assert total(q="вода", language="ru") == 1


def test_readers_say_what_is_searched_besides_the_words(served: Served) -> None:
    def found(**parameters: str) -> tuple[int, set[str]]:
        page = served.client.get("/api/v1/search", params={"q": "Wärme", **parameters}).json()
        return page["total"], {each["form"] for word in page["expanded"] for each in word["alternatives"]}

    total, forms = found()
    assert total == 1
    assert "…wärme" in forms
    total, forms = found(without="…wärme")
    assert total == 0
    assert "…wärme" not in forms
    assert found(exact="1") == (0, set())
    assert "город" in found(q="Stadt")[1]
    assert "город" not in found(q="Stadt", translate="0")[1]
    assert found(exact="", translate="", names="", without="")[0] == 1


def test_a_hit_says_how_it_says_the_words_and_what_it_lacks(served: Served) -> None:
    page = served.client.get("/api/v1/search", params={"q": "Wärme Quanten"}).json()
    assert page["understood"] == "Wärme Quanten"
    assert page["absent"] == ["Quanten"]
    hit = next(each for each in page["hits"] if each["document"] == "7k3mx9q2f1")
    assert (hit["match"], hit["missing"], hit["uncertain"]) == ("some", ["Quanten"], [])
    heat, quanta = hit["reasons"]
    assert (heat["word"], quanta) == ("Wärme", {"word": "Quanten", "said": []})
    assert {"reason": "compound", "form": "…wärme", "weight": 0.5}.items() <= heat["said"][0].items()
    assert {each.casefold() for each in heat["said"][0]["surfaces"]} == {"fernwärme"}
    assert "title" in heat["said"][0]["fields"]


def test_a_search_explains_itself_when_it_is_asked_to(served: Served) -> None:
    page = served.client.get("/api/v1/search", params={"q": "die Wärme", "explain": "1"}).json()
    told = page["explain"]
    assert told["parsed"]["items"] == [{"type": "word", "text": "die"}, {"type": "word", "text": "Wärme"}]
    assert told["left_out"] == ["die"]
    (word,) = told["words"]
    assert word["terms"][0] | {"keys": [["wärme"]], "reason": "typed"} == word["terms"][0]
    (hit,) = page["hits"]
    (part,) = hit["score_parts"]["words"]
    assert (part["word"], round(part["score"] + hit["score_parts"]["passage"], 3)) == (
        "Wärme",
        round(hit["score"], 3),
    )
    plain = served.client.get("/api/v1/search", params={"q": "die Wärme", "explain": ""}).json()
    assert "explain" not in plain
    assert "score_parts" not in plain["hits"][0]


def test_parameters_given_empty_count_as_not_given(served: Served) -> None:
    url = "/api/v1/search?q=&language=&conference=&panel=&kind=&year=&limit=&offset="
    assert served.client.get(url).json()["total"] == 4


def test_several_values_mean_any_of_them(served: Served) -> None:
    url = "/api/v1/search?language=de&language=ru&panel=2017-krasnodar%2Fenergie"
    assert served.client.get(url).json()["total"] == 4


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("limit=x", "limit"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("offset=-1", "offset"),
        ("offset=10001", "offset"),
        ("kind=film", "kind"),
        ("year=17", "year"),
        ("language=german", "language"),
        ("sort=best", "sort"),
        ("pannel=x", "pannel"),
        ("exact=maybe", "exact"),
        ("q=" + "a" * 1001, "q"),
    ],
)
def test_wrong_parameters_are_named(served: Served, query: str, name: str) -> None:
    answer = served.client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 422
    assert name in answer.json()["detail"][0]["loc"]


@pytest.mark.parametrize("hostile", ['"', "(((", "a AND", "title:", "*", "\x00", "‮", "<script>", "'; DROP"])
def test_no_query_fails(served: Served, hostile: str) -> None:
    assert served.client.get("/api/v1/search", params={"q": hostile}).status_code == 200


def test_a_document_is_told_whole_but_what_the_audience_did_not_see(served: Served) -> None:
    answer = served.client.get("/api/v1/documents/7k3mx9q2f1")
    told = answer.json()
    assert [page["number"] for page in told["pages"]] == [1, 2]
    assert told["pages"][0] == {
        "number": 1,
        "label": "",
        "text": "Fernwärme modernisieren",
        "notes": "",
        "language": "de",
        "languages": ["de"],
    }
    assert "geheim" not in answer.text
    assert "verborgen" not in answer.text
    assert (told["state"], told["access"], told["version"], told["kind"]) == (
        "published",
        "public",
        1,
        "presentation",
    )
    assert told["translations"] == ["7k3mx9q2f2"]
    assert not {told["document"], *told["translations"]} & {*told["similar"]}
    assert {*told["similar"]} <= {served.documents[which].id for which in ("bilingual", "kept")}
    file = told["files"][0]
    assert set(file) == {"name", "version", "media_type", "size_bytes", "sha512", "url"}
    assert served.client.get(file["url"]).content == served.contents[file["name"]]


@pytest.mark.parametrize("which", ["draft", "staff", "embargoed"])
def test_what_must_not_be_read_is_unknown(served: Served, which: str) -> None:
    identifier = served.documents[which].id
    answer = served.client.get(f"/api/v1/documents/{identifier}")
    assert answer.status_code == 404
    assert answer.json()["detail"] == f"There is no document {identifier!r}."
    assert which not in served.client.get("/api/v1/search", params={"q": "Fernwärme"}).text


def test_what_is_typed_is_completed_from_what_may_be_read(served: Served) -> None:
    def suggested(**parameters: str) -> list[dict[str, str]]:
        answer = served.client.get("/api/v1/suggest", params=parameters)
        assert answer.status_code == 200
        found: list[dict[str, str]] = answer.json()["suggestions"]
        return found

    assert {"text": "Fernwärme modernisieren", "kind": "title"} in suggested(q="fernw")
    assert {"text": "Stadtwerke Karlsruhe", "kind": "creator"} in suggested(q="karls")
    assert len(suggested(q="fernw", limit="1")) == 1
    assert suggested() == suggested(q="geheim") == suggested(q="verborgen") == []
    for wrong in ("limit=9", "limit=0", "limit=x", "more=1", "q=" + "x" * 1001):
        assert served.client.get(f"/api/v1/suggest?{wrong}").status_code == 422


def test_every_route_and_parameter_is_described() -> None:
    text = (Path(__file__).parents[2] / "docs" / "http-api.md").read_text()
    for route in ROUTES:
        path = getattr(route, "path", "")
        named = re.escape(re.sub(":[a-z]+", "", path))
        assert re.search(rf"`(?:[A-Z]+ )?{named}", text), path
    described = re.findall(r"^\| `(\w+)` \|", text.split("## Search")[1].split("\n## ")[0], re.M)
    assert described == list(SearchParameters.model_fields)
    described = re.findall(r"^\| `(\w+)` \|", text.split("## Suggestions")[1].split("\n## ")[0], re.M)
    assert described == list(SuggestParameters.model_fields)
    described = re.findall(r"^\| `(\w+)` \|", text.split("## Translations")[1].split("\n## ")[0], re.M)
    assert described == list(TranslationParameters.model_fields)
    for name in PAGE_PARAMETERS:
        assert f"`{name}`" in text.split("## Pages")[1], name


def test_unknown_addresses_answer_in_json(served: Served) -> None:
    answer = served.client.get("/api/v1/nothing")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


def test_the_command_line_prints_the_same_object(served: Served) -> None:
    from index.query import Query
    from portal.resources import resources

    page = result_page_to_json(resources().search.ask(Query(text="Fernwärme")))
    answered = served.client.get("/api/v1/search", params={"q": "Fernwärme"}).json()
    page.pop("took_ms")
    answered.pop("took_ms")
    assert page == answered
