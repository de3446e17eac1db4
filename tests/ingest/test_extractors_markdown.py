from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.extractors.markdown import _rendered
from ingest.mediatypes import FORMATS


def read(path: Path, text: str, encoding: str = "utf-8") -> Extraction:
    place = path / "a.md"
    place.write_bytes(text.encode(encoding))
    return extract(place, FORMATS["md"])


EVERYWHERE = """---
title: "Titelwort der Tagung"
author:
  - name: Anna Beispiel
    affiliation: wrongplace
  - Борис Пример
date: 2017-06-28
wrongkey: [wrongvalue]
---
# headingword #

paragraphword **bold**word with [linkword](http://wronglink "wrongtitle"), `codeword` and <http://autoword>[^1]
continued~~struck~~  and <nameword> &uuml;bung \\*star\\*

Setextword
----------

| cellone | celltwo |
|:--------|--------:|
| a \\| b  | cellfour |

1. listword
   - nestedword
- [x] taskword

> quoteword
>> innerword

```python
fenced = "word"
  indented
```

![altword](a.png "wrongpicturetitle")

Termword
: definitionword

<div align="center"><b>htmlword</b></div>
<!-- wrongcomment -->

[^1]: footnoteword
[ref]: http://wrongreference
"""


def test_a_word_in_every_place_is_read(tmp_path: Path) -> None:
    extraction = read(tmp_path, EVERYWHERE)
    text = "\n".join(page.text for page in extraction.pages)
    words = re.findall(r"\w+", text)
    for word in re.findall(
        r"\w+",
        "headingword paragraphword boldword linkword codeword autoword struck nameword Setextword cellone "
        "celltwo cellfour listword nestedword taskword quoteword innerword fenced indented altword Termword "
        "definitionword htmlword footnoteword Titelwort übung",
    ):
        assert sum(word in each for each in words) == 1, word
    assert not [word for word in words if word.startswith("wrong")]
    assert not re.search(r"[#`>|]{2}|\*\*|~~|\]\(", text)
    assert "cellone\tcelltwo\na | b\tcellfour" in text
    assert 'fenced = "word"\n  indented' in text
    assert text.startswith("Titelwort der Tagung\nAnna Beispiel; Борис Пример\n2017-06-28\n")
    assert extraction.title == "Titelwort der Tagung"
    assert extraction.creators == ("Anna Beispiel", "Борис Пример")


def test_headings_are_titles_of_pages(tmp_path: Path) -> None:
    parts = "".join(f"## Teil {number}\n\n{'wort ' * 150}\n\n" for number in range(3))
    extraction = read(tmp_path, f"# Bericht\n\n{parts}")
    assert [page.title for page in extraction.pages] == ["Bericht", "Teil 1", "Teil 2"]
    assert extraction.title == "Bericht"


def test_a_title_block_is_read(tmp_path: Path) -> None:
    extraction = read(
        tmp_path, "% Wärme und Städte\n% Anna Beispiel; Борис Пример\n% 28. Juni 2017\n\nText\n"
    )
    assert (extraction.title, extraction.creators) == ("Wärme und Städte", ("Anna Beispiel", "Борис Пример"))
    assert "28. Juni 2017" in extraction.pages[0].text


@pytest.mark.parametrize(
    "front", ["---\n: [\n---\n", "---\n- a\n---\n", "---\na: &a [x]\nb: [*a, *a]\n---\n", "---\n"]
)
def test_a_front_matter_that_is_none_hides_nothing(tmp_path: Path, front: str) -> None:
    assert "bodyword" in read(tmp_path, f"{front}\nbodyword\n").pages[0].text


def test_russian_markdown_in_its_code_page_is_read(tmp_path: Path) -> None:
    extraction = read(tmp_path, "# Программа конференции\n\nОткрытие и *доклады*\n", "koi8-r")
    assert extraction.title == "Программа конференции"
    assert extraction.pages[0].text == "Программа конференции\nОткрытие и доклады"


@given(
    st.lists(
        st.sampled_from(
            ["wort", "ümlaut", "слово", "# ", "* ", "- ", "> ", "1. ", "    ", "\n", "\n\n", " ", "_", "**"]
        )
    )
)
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    words = re.findall(r"wort|ümlaut|слово", text)
    assert re.findall(r"wort|ümlaut|слово", _rendered(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "[a](" * 10_000,
        "*a _b " * 10_000,
        ">" * 5_000,
        "![[" * 10_000,
        "<" * 20_000,
        "|a" * 3_000 + "\n",
        "".join(" " * number + "- a\n" for number in range(400)),
    ],
)
def test_hostile_markdown_takes_seconds(tmp_path: Path, text: str) -> None:
    started_at = time.process_time()
    assert any("deepword" in page.text for page in read(tmp_path, f"{text} deepword").pages)
    assert time.process_time() - started_at < 20
