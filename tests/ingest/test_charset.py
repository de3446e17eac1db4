from __future__ import annotations

import pytest

from ingest.charset import decode, looks_like_text

RUSSIAN = "Партнёрство городов: энергоэффективность зданий, обращение с отходами и развитие транспорта.\n" * 3
GERMAN = "Die Städtepartnerschaft fördert Bürger: Müllentsorgung, Gebäudesanierung und größere Straßen.\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"]
)
def test_russian_is_decoded(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding))[0] == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "cp1252", "latin-1"])
def test_german_is_decoded(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding))[0] == GERMAN


def test_utf_8_cut_in_a_letter_stays_utf_8() -> None:
    text, encoding = decode("Städte und Bü".encode()[:-1])
    assert (text, encoding) == ("Städte und B\ufffd", "utf-8")


def test_nothing_is_decoded_to_nothing() -> None:
    assert decode(b"") == ("", "utf-8")


def test_binary_is_no_text() -> None:
    assert not looks_like_text(bytes(range(256)) * 8)
    assert looks_like_text(RUSSIAN.encode("koi8-r"))
    assert looks_like_text(GERMAN.encode("utf-16-le"))
