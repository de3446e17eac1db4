"""Make the file that the thesaurus is read from, so that nobody waits for it: python -m index.vocabulary."""

from __future__ import annotations

from index.vocabulary import own_thesaurus

if __name__ == "__main__":
    own_thesaurus()
