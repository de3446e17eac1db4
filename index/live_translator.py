"""What is known of words of other languages as of now, for the searches of every audience.

From the lexicon that the archive has learned, the dictionaries of this machine and the thesaurus, with what
staff made of it.
"""

from __future__ import annotations

import datetime as dt
import threading

from archive.repository import Archive
from index.dictionaries import Dictionaries
from index.explained import Explained, explain
from index.installed_dictionaries import open_installed
from index.lexicon import Lexicon
from index.live_lexicon import public_lexicon
from index.live_thesaurus import LiveThesaurus
from index.thesaurus_words import ThesaurusWords
from index.translated import may_show
from index.translation import Translator


class LiveTranslator:
    """Gives a translator that knows what is known now. Threads may share it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._settings = archive.settings
        self._live = public_lexicon(archive)
        self._making = threading.Lock()
        self._dictionaries = Dictionaries()
        self.thesaurus = LiveThesaurus(archive)
        self._made: tuple[Lexicon | None, ThesaurusWords, Translator] | None = None

    def translator(self) -> Translator:
        """Return the translator, the same one as long as nothing new is known."""
        return self._known()[2]

    def explained(
        self, text: str, language: str | None, today: dt.date, most: int | None = None
    ) -> tuple[Explained, ...]:
        """Say what is taken for translations of words, why, and where the public may see them used.

        Args:
            language: of the words; None for whichever they may be in.
            most: so many translations of a word are told; all where it is None.
        """
        lexicon, _, translator = self._known()
        return tuple(explain(text, language, translator, lexicon, may_show(self._archive, today), most))

    def close(self) -> None:
        """Let go of the lexicon."""
        self._live.close()

    def _known(self) -> tuple[Lexicon | None, ThesaurusWords, Translator]:
        """Return the translator with the lexicon and the thesaurus it is made of."""
        lexicon, words = self._live.lexicon(), self.thesaurus.words()
        with self._making:
            made = None if self._find_dictionaries() else self._made
            if made is None or made[0] is not lexicon or made[1] is not words:
                translator = Translator(self._settings.languages, lexicon, self._dictionaries, words)
                self._made = made = (lexicon, words, translator)
            return made

    def _find_dictionaries(self) -> bool:
        """Open the dictionaries, which another process may have built meanwhile; tell whether it has."""
        if self._dictionaries.is_built:
            return False
        self._dictionaries = open_installed(self._settings)
        return self._dictionaries.is_built
