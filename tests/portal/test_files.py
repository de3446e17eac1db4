from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.routes.files import content_disposition, is_known

if TYPE_CHECKING:
    from tests.portal.conftest import Served

NAME = "Vortrag ä.pptx"


def test_the_bytes_come_as_they_were_handed_in(served: Served) -> None:
    answer = served.client.get(served.file_url("deck", NAME), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.content == served.contents[NAME]
    assert answer.headers["content-length"] == str(len(served.contents[NAME]))
    assert "content-encoding" not in answer.headers
    assert "filename*=UTF-8''Vortrag%20%C3%A4.pptx" in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_part_is_answered_as_a_part(served: Served) -> None:
    url, whole = served.file_url("deck", NAME), served.contents[NAME]
    answer = served.client.get(url, headers={"Range": "bytes=100-199"})
    assert (answer.status_code, answer.content) == (206, whole[100:200])
    assert answer.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert served.client.get(url, headers={"Range": "bytes=-5"}).content == whole[-5:]
    assert served.client.get(url, headers={"Range": "bytes=999999-"}).status_code == 416


def test_a_part_of_other_bytes_is_answered_with_the_whole(served: Served) -> None:
    url = served.file_url("deck", NAME)
    tag = served.client.head(url).headers["etag"]
    assert served.client.get(url, headers={"Range": "bytes=0-3", "If-Range": tag}).status_code == 206
    assert served.client.get(url, headers={"Range": "bytes=0-3", "If-Range": '"x"'}).status_code == 200


def test_known_bytes_are_not_sent_again(served: Served) -> None:
    url = served.file_url("deck", NAME)
    tag = served.client.get(url).headers["etag"]
    assert not tag.startswith("W/")
    again = served.client.get(url, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag


def test_head_has_no_body(served: Served) -> None:
    answer = served.client.head(served.file_url("deck", NAME))
    assert answer.content == b""
    assert answer.headers["content-length"] == str(len(served.contents[NAME]))


@pytest.mark.parametrize("name", ["Seite.html", "Skizze.svg"])
@pytest.mark.parametrize("query", ["", "?inline=1"])
def test_nothing_that_a_browser_would_run_is_shown_by_it(served: Served, name: str, query: str) -> None:
    answer = served.client.get(served.file_url("bilingual", name) + query)
    assert answer.content == served.contents[name]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_pdf_is_shown_by_the_browser_only_when_asked_for(served: Served) -> None:
    url = served.file_url("deck", "Vortrag ä.pdf")
    assert served.client.get(url).headers["content-disposition"].startswith("attachment")
    assert served.client.get(f"{url}?inline=1").headers["content-disposition"].startswith("inline")


@pytest.mark.parametrize("which", ["draft", "staff", "embargoed"])
def test_what_must_not_be_read_answers_as_if_it_did_not_exist(served: Served, which: str) -> None:
    answer = served.client.get(served.file_url(which, NAME))
    nothing = served.client.get("/files/7k3mx9q2xx/1/x.pdf")
    assert answer.status_code == nothing.status_code == 404
    assert answer.text == nothing.text


@pytest.mark.parametrize(
    "path",
    [
        "/files/7k3mx9q2f1/2/Vortrag ä.pptx",
        "/files/7k3mx9q2f1/0/Vortrag ä.pptx",
        "/files/7k3mx9q2f1/1/other.pptx",
        "/files/7k3mx9q2f1/1/..%2F..%2Frecord.json",
        "/files/7k3mx9q2f1/1/%2Fetc%2Fpasswd",
        "/files/7k3mx9q2f1/x/Vortrag ä.pptx",
        "/files/7k3mx9q2f1",
    ],
)
def test_other_addresses_have_nothing(served: Served, path: str) -> None:
    assert served.client.get(path).status_code == 404


@given(st.text(min_size=1))
def test_any_name_makes_a_header_of_ascii_that_keeps_it(name: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    header = content_disposition("attachment", name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.split("UTF-8''")[1]) == name


@pytest.mark.parametrize(
    ("header", "known"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False)],
)
def test_known_bytes(header: str, known: bool) -> None:
    assert is_known(header, "a") is known
