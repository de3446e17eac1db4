"""The word lists of simplemma as files that a process maps into its memory instead of reading them.

Read as they come they take a second and a hundred megabytes a language, in every process anew. As tries they
are made once, by `make install` or whoever needs one first, and take 17 MB for all three languages, which
processes share.

Source: simplemma, github.com/adbar/simplemma; marisa-trie, github.com/pytries/marisa-trie.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from marisa_trie import BytesTrie

from archive.durable import make_folders, write_bytes

LANGUAGES = ("de", "ru", "en")

SIMPLEMMA = version("simplemma")

FOLDER = Path(__file__).resolve().parent.parent / "build" / "word-lists" / SIMPLEMMA
"""Where the files lie; whoever may not write there makes its own each time."""


class WordList:
    """The words of one language, with their dictionary forms."""

    def __init__(self, trie: BytesTrie) -> None:
        self._trie = trie

    def get(self, word: str) -> str | None:
        """Return the dictionary form of a word written exactly so, None where the list does not have it."""
        forms = self._trie.get(word)
        return str(forms[0], "utf-8") if forms else None


@cache
def word_list(language: str) -> WordList:
    """Open the list of a language; making it, where there is none yet, takes about two seconds."""
    return open_word_list(language, FOLDER)


def open_word_list(language: str, folder: Path) -> WordList:
    """Open the list of a language in a folder, making it where it is missing or damaged."""
    path = folder / f"{language}.dic"
    with suppress(OSError, RuntimeError):
        return WordList(BytesTrie().mmap(str(path)))
    # 0.1 s, needed here only
    from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

    with tempfile.TemporaryDirectory() as fresh:
        TrieDictionaryFactory(disk_cache_dir=fresh).get_dictionary(language)
        made = Path(fresh, path.name)
        with suppress(OSError):
            make_folders(folder)
            write_bytes(path, made.read_bytes())
        return WordList(BytesTrie().load(str(made)))


def main() -> int:
    """Make all lists, so that nobody has to wait for them."""
    for language in LANGUAGES:
        word_list(language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
