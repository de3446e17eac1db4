"""Dictionaries in the format of dictd, whole and damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from index import dictd
from index.dictd import DictdError, read_articles
from tests.index.dictd_files import digits, write_dictionary

ARTICLES = ["Zug /tsuːk/\ntrain\n", "Bahn /baːn/\nrailway, дорога\n", "Amt\noffice\n"]


def read_until_trouble(index: Path, articles: Path) -> tuple[list[str], str]:
    read = []
    try:
        for article in read_articles(index, articles):
            read.append(article)
    except DictdError as exc:
        return read, str(exc)
    return read, ""


def test_articles_come_in_the_order_in_which_they_stand(tmp_path: Path) -> None:
    assert list(read_articles(*write_dictionary(tmp_path, "some", ARTICLES))) == ARTICLES


def test_an_article_with_two_head_words_comes_once(tmp_path: Path) -> None:
    index, articles = write_dictionary(tmp_path, "some", ARTICLES)
    index.write_text(index.read_text() + f"eisenbahn\t{digits(len(ARTICLES[0].encode()))}\t")
    index.write_text(index.read_text() + f"{digits(len(ARTICLES[1].encode()))}\n")
    assert list(read_articles(index, articles)) == ARTICLES


def test_text_between_articles_is_passed_over(tmp_path: Path) -> None:
    index, articles = write_dictionary(tmp_path, "some", ARTICLES)
    index.write_text("\n".join(line for line in index.read_text().split("\n") if not line.startswith("bahn")))
    assert list(read_articles(index, articles)) == [ARTICLES[0], ARTICLES[2]]


@pytest.mark.parametrize("kept", [0.5, 0.8])
def test_what_stands_before_the_end_of_a_cut_file_is_read(tmp_path: Path, kept: float) -> None:
    many = [f"wort{number}\nслово{number * 7919 % 1000}\n" for number in range(3000)]
    index, articles = write_dictionary(tmp_path, "some", many)
    content = articles.read_bytes()
    articles.write_bytes(content[: int(len(content) * kept)])
    read, trouble = read_until_trouble(index, articles)
    assert read == many[: len(read)]
    assert len(read) > 500
    assert trouble.startswith("some.dict.dz could not be read to its end: ")


def test_damaged_bytes_are_told(tmp_path: Path) -> None:
    index, articles = write_dictionary(tmp_path, "some", [f"wort{number}\nслово\n" for number in range(3000)])
    content = bytearray(articles.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40] = b"\xff" * 40
    articles.write_bytes(content)
    assert read_until_trouble(index, articles)[1].startswith("some.dict.dz could not be read to its end: ")


def test_a_file_that_is_not_packed_is_told(tmp_path: Path) -> None:
    index, articles = write_dictionary(tmp_path, "some", ARTICLES)
    articles.write_bytes(b"Zug\ntrain\n")
    assert read_until_trouble(index, articles) == (
        [],
        "some.dict.dz could not be read to its end: Not a gzipped file (b'Zu').",
    )


def test_missing_files_are_told(tmp_path: Path) -> None:
    assert "some.index could not be read" in read_until_trouble(tmp_path / "some.index", tmp_path / "x")[1]
    index, articles = write_dictionary(tmp_path, "some", ARTICLES)
    articles.unlink()
    assert "some.dict.dz could not be read" in read_until_trouble(index, articles)[1]


@pytest.mark.parametrize(
    "line",
    [
        b"bahn",
        b"bahn\tA\t",
        b"bahn\tA\t!",
        b"bahn\tAAAAAAAA\tB",
        b"bahn\tB\tC",  # inside another article
        f"bahn\t{digits(dictd.MAX_UNPACKED_BYTES)}\tB".encode(),
        f"bahn\tA\t{digits(dictd.MAX_ARTICLE_BYTES)}".encode(),
        b"\xff\xfe\t\t",
    ],
)
def test_a_line_that_leads_nowhere_costs_no_other(tmp_path: Path, line: bytes) -> None:
    index, articles = write_dictionary(tmp_path, "some", ARTICLES)
    index.write_bytes(line + b"\n" + index.read_bytes())
    assert read_until_trouble(index, articles) == (ARTICLES, "1 lines of some.index lead to no article.")


def test_an_index_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, articles = write_dictionary(tmp_path, "some", ARTICLES)
    monkeypatch.setattr(dictd, "MAX_INDEX_BYTES", 8)
    assert read_until_trouble(index, articles)[0] == []
    assert "it is larger than" in read_until_trouble(index, articles)[1]


def test_what_a_packed_file_swells_to_is_not_read_beyond_the_last_article(tmp_path: Path) -> None:
    index, articles = write_dictionary(tmp_path, "some", ARTICLES)
    articles.write_bytes(gzip.compress("".join(ARTICLES).encode()) + gzip.compress(bytes(200 << 20)))
    assert list(read_articles(index, articles)) == ARTICLES
