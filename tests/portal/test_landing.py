from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.portal.conftest import Served


def test_the_landing_page_has_record_text_and_files_without_javascript(served: Served) -> None:
    answer = served.client.get("/d/7k3mx9q2f1", headers={"Accept-Language": "ru"})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    for words in (
        '<html lang="ru">',
        '<meta name="DC.title" content="Fernwärme modernisieren">',
        '<link rel="canonical" href="http://testserver/d/7k3mx9q2f1">',
        '<meta name="citation_pdf_url" content="http://testserver/files/',
        "Netze der Fernwärme deck",
        "/document?d=7k3mx9q2f1",
        "/document?d=7k3mx9q2f2",
    ):
        assert words in answer.text
    assert "geheim" not in answer.text
    assert "verborgen" not in answer.text


def test_a_hostile_title_stays_text(served: Served) -> None:
    page = served.client.get("/d/7k3mx9q2f3").text
    assert "Wasser &lt;b&gt;&amp;</h1>" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("identifier", ["7k3mx9q2f4", "7k3mx9q2f6", "7k3mx9q2f7", "nothing"])
def test_what_must_not_be_read_is_not_there(served: Served, identifier: str) -> None:
    answer = served.client.get(f"/d/{identifier}?lang=en")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
    assert answer.text == served.client.get("/d/other?lang=en").text


def test_health_tells_that_it_can_search(served: Served) -> None:
    answer = served.client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["documents"] == 4


def test_health_tells_that_the_originals_went_away(served: Served) -> None:
    root = served.archive.storage.root
    root.rename(root.with_name("away"))
    try:
        answer = served.client.get("/health")
        assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    finally:
        root.with_name("away").rename(root)
    assert served.client.get("/health").status_code == 200


def test_only_files_of_the_theme_are_served_from_its_folder(served: Served) -> None:
    style = served.client.get("/theme/portal.css?v=1")
    assert style.headers["content-type"].startswith("text/css")
    assert "immutable" in style.headers["cache-control"]
    assert "cache-control" not in served.client.get("/theme/portal.css").headers
    for path in ("__init__.py", "nothing.css", "fonts/README.md", "../urls.py", ""):
        assert served.client.get(f"/theme/{path}").status_code == 404


def test_every_answer_has_security_headers(served: Served) -> None:
    for path in ("/health", "/d/7k3mx9q2f1", "/nothing", "/theme/portal.css", "/api/v1/search"):
        headers = served.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "referrer-policy" in headers
