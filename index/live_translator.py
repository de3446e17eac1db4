"""What is known of words of other languages as of now, for the searches of one audience.

From the lexicon that the archive has learned, the dictionaries of this machine and the thesaurus.
"""

from __future__ import annotations

import threading
from functools import cache

from archive.repository import Archive
from index.dictionaries import Dictionaries
from index.installed_dictionaries import open_installed
from index.lexicon import Lexicon
from index.live_lexicon import public_lexicon
from index.thesaurus_words import ThesaurusWords
from index.translation import Translator
from index.vocabulary import own_thesaurus


class LiveTranslator:
    """Gives a translator that knows what is known now. Threads may share it."""

    def __init__(self, archive: Archive) -> None:
        self._settings = archive.settings
        self._live = public_lexicon(archive)
        self._making = threading.Lock()
        self._dictionaries = Dictionaries()
        self._made: tuple[Lexicon | None, Translator] | None = None

    def translator(self) -> Translator:
        """Return the translator, the same one as long as nothing new is known."""
        lexicon = self._live.lexicon()
        with self._making:
            found_more = self._find_dictionaries()
            if self._made is None or self._made[0] is not lexicon or found_more:
                translator = Translator(
                    self._settings.languages, lexicon, self._dictionaries, thesaurus_words()
                )
                self._made = (lexicon, translator)
            return self._made[1]

    def close(self) -> None:
        """Let go of the lexicon."""
        self._live.close()

    def _find_dictionaries(self) -> bool:
        """Open the dictionaries, which another process may have built meanwhile; tell whether it has."""
        if self._dictionaries.is_built:
            return False
        self._dictionaries = open_installed(self._settings)
        return self._dictionaries.is_built


@cache
def thesaurus_words() -> ThesaurusWords:
    """Return the thesaurus as it is asked for translations, made once a process."""
    return ThesaurusWords(own_thesaurus())
