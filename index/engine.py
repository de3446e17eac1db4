"""What a search engine has to do for the archive: keep entries, answer requests, know how far it has come.

The engine gets tokens and gives identifiers, scores and counts. It analyses nothing: what a token is was
decided in `text.py` and `keys.py`, for every engine alike. Implementations are in `engines/`; one contract
suite runs over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of an entry.

    `positions`: tokens in order, for phrases. `bags`: tokens without order. `keywords`: whole values, for
    filters and facets, never scored. `sorts`: one text an entry, compared by code point.
    """

    positions: tuple[str, ...]
    bags: tuple[str, ...]
    keywords: tuple[str, ...]
    sorts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is found: a document, or the part of it that one language filter leaves.

    `tokens` are joined by spaces; several entries may belong to one document and are replaced together. An
    empty sort value comes last in either direction. `stored` is kept as it is and given with the entry where
    it is found. A token or keyword value of more than 65,530 bytes may not be found.
    """

    id: str
    document: str
    tokens: Mapping[str, str] = field(default_factory=dict)
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sorts: Mapping[str, str] = field(default_factory=dict)
    stored: bytes = b""


class Term(NamedTuple):
    """A token in a field; in a keyword field: a whole value, unscored.

    `boost` weighs how often it occurs: with 0 never. `share` says how much an entry that has it counts among
    those that have the word, where it is one of a group: 1 for the word itself, less for what only may mean
    it.
    """

    field: str
    token: str
    boost: float = 1.0
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens side by side in a field with positions.

    With `slop`, in whatever order, and so many other tokens between them at most, none of which is `apart`.
    """

    field: str
    tokens: tuple[str, ...]
    boost: float = 1.0
    slop: int = 0
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """Something said in several words, wherever they stand: of each slot one of the terms has to be there.

    It occurs as often as the rarest of its slots, which `boost` weighs. Who has it has the word that it says,
    however small its `share`, which is as that of a term.
    """

    slots: tuple[tuple[Term, ...], ...]
    boost: float = 1.0
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Range:
    """Keyword values that are whole numbers from `low` to `high`, both included; None is open. Unscored."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Ways to say one word, which count as one: how often they occur is added up before it is scored.

    An entry matches if it has one whose share is at least `least_share`.
    """

    terms: tuple[Term | Phrase | Apart, ...]
    least_share: float = 0.0


@dataclass(frozen=True, slots=True)
class All:
    """Every clause has to match; their scores add up."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one clause has to match; the scores of those that do add up."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """At least one clause has to match; the best score of those that do counts."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Boost:
    """What the clause matches, its score multiplied."""

    clause: Clause
    factor: float


@dataclass(frozen=True, slots=True)
class Not:
    """Entries that the clause does not match; unscored."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class Everything:
    """Every entry; unscored."""


Clause: TypeAlias = Term | Phrase | Range | Group | All | Any | Best | Boost | Not | Everything


@dataclass(frozen=True, slots=True)
class Together:
    """Words that raise the score of what has them in one passage: the `most` best entries are ranked anew.

    The score of a passage is that of its words, as if it were an entry of average length; that of the best
    passage, times `factor`, is added to the score of the entry. So those ranked anew stay before all others,
    and the order hangs on no offset. `fields` have positions, with `apart` between passages; the n-th of one
    field belongs to the n-th of each other. `whole` fields are one passage together. Only terms in these
    fields count, and what is said in several words where one passage has all of them.
    """

    words: tuple[Group, ...]
    fields: tuple[str, ...]
    whole: tuple[str, ...]
    apart: str
    factor: float
    most: int


@dataclass(frozen=True, slots=True)
class Request:
    """A question to the engine.

    `filters`: any of the values of a field, for every field; an empty tuple of values filters nothing.
    `facets`: keyword fields to count. `sort`: a sort field, with `-` before it descending; "" by score. Equal
    ones come in the order of their document's identifier, as do all by an unknown field. `limit` 0 only
    counts. `together` counts where there is no other order.
    """

    clause: Clause = Everything()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: str = ""
    limit: int = 10
    offset: int = 0
    together: Together | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that matches, with what is stored; `score` is 0 where nothing of the request is scored."""

    id: str
    document: str
    score: float
    stored: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """The answer: how many entries match, `limit` of them from `offset` on, and counts by field and value.

    Counts of a field ignore the filter of that field and obey all others; values without entries are missing.
    """

    total: int
    found: tuple[Found, ...]
    facets: Mapping[str, Mapping[str, int]]


class Engine(Protocol):
    """An index that is open. Searches may come from several threads at once, writes from one only.

    All methods but `close` raise DamagedError where files cannot be read; `write` and `merge` raise OSError
    where they cannot be written, as when the disk is full.
    """

    def search(self, request: Request) -> Response:
        """Answer from the last commit seen by `refresh`. An unknown field or token matches nothing."""

    def vocabulary(self, field: str, within: Clause) -> Mapping[str, int]:
        """Return the tokens of a field in entries that a clause matches, with how many of those have each.

        Nothing of deleted entries counts or is there. Reads the whole field.
        """

    def commit(self) -> int:
        """Return the number of the commit that `search` answers from; no two commits have the same."""

    def write(self, additions: Iterable[Entry], deletions: Iterable[str], sequence: int) -> None:
        """Delete all entries of some documents, then add entries, and commit both together with `sequence`.

        Either all of it is committed or, when an error is raised or the process dies, nothing. Scores count
        neither deleted entries nor their tokens any more. What is committed is seen by `search` at once here,
        and elsewhere after `refresh`.
        """

    def merge(self, gone: Collection[str] = ()) -> Callable[[], None] | None:
        """Join what many commits have left, which may take long; others may go on writing meanwhile.

        One at a time. What is returned puts the result in its place, by a commit at the sequence of the last
        one, and is to be called like `write`. None: there was nothing to join, and of the documents that are
        `gone`, whose entries were deleted, no token is left in any file.
        """

    def sequence(self) -> int:
        """Return the sequence of the last commit, by whichever process; 0 before the first."""

    def refresh(self) -> None:
        """See what other processes have committed."""

    def close(self) -> None:
        """Let go of all files."""
