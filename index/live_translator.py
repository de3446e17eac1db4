"""What the archive knows of words of other languages as of now, for the searches of one audience."""

from __future__ import annotations

import threading

from archive.repository import Archive
from index.lexicon import Lexicon
from index.live_lexicon import public_lexicon
from index.translation import Translator


class LiveTranslator:
    """Gives a translator from the live lexicon. Threads may share it."""

    def __init__(self, archive: Archive) -> None:
        self._languages = archive.settings.languages
        self._live = public_lexicon(archive)
        self._making = threading.Lock()
        self._made: tuple[Lexicon | None, Translator] | None = None

    def translator(self) -> Translator:
        """Return a translator that knows what is known now; the same one as long as nothing changed."""
        lexicon = self._live.lexicon()
        with self._making:
            if self._made is None or self._made[0] is not lexicon:
                self._made = (lexicon, Translator(self._languages, lexicon))
            return self._made[1]

    def close(self) -> None:
        """Let go of the lexicon."""
        self._live.close()
