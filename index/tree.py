"""The tree of a query: what was typed, and what each of its words is looked for under.

`syntax.py` makes it from text with `Word`s as leaves, `expansion.py` puts a `Sought` in the place of each.
Values only, and one way to put several together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

AS_TYPED = frozenset(("kind", "language", "year", "format"))
"""Fields whose values are no words."""

APART = " … "
"""Between words that may stand apart, where a reader is shown them."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, with at least one token."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in exactly this form that stand side by side in this order.

    With `slop`, in whatever order, and so many other words between them at most.
    """

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with wildcards: `*` for any letters, `?` for one."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word that may be spelt with so many letters missing, added, swapped or others."""

    text: str
    edits: int


@dataclass(frozen=True, slots=True)
class Between:
    """Whole numbers from `low` to `high`, both included; None leaves the end open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Boosted:
    """Something that counts so much more, or less, than the rest."""

    item: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Not:
    """Everything else."""

    item: Node


@dataclass(frozen=True, slots=True)
class Fielded:
    """Something that has to stand in a field: `title creator conference panel language kind year format`."""

    field: str
    item: Node


class Reason(StrEnum):
    """Why a text that does not have the word as typed says the same."""

    FORM = "form"
    COMPOUND = "compound"
    SPELLING = "spelling"
    SCRIPT = "script"
    LAYOUT = "layout"
    WILDCARD = "wildcard"
    FUZZY = "fuzzy"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Way:
    """One more way in which a text may say a word.

    `slots` are mostly one; of several („Entwicklung der Stadt“) each must occur. A slot holds keys, any of
    which will do. `weight` is what an occurrence counts against one of the word as typed, `form` what a
    reader is shown, `language` that of a translation; `sources` say where that is known from, `via` through
    which other language it was found.
    """

    slots: tuple[tuple[str, ...], ...]
    weight: float
    reason: Reason
    form: str
    language: str = ""
    sources: tuple[str, ...] = field(default=(), compare=False)
    via: str = field(default="", compare=False)

    def __hash__(self) -> int:
        return hash((self.form, self.language))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a way in one word; none of one that takes several."""
        return self.slots[0] if len(self.slots) == 1 else ()


@dataclass(frozen=True, slots=True)
class Sought:
    """A word with its folded form and all other ways in which it is looked for, each key once.

    A pattern has no form of its own. `cut`: it fits more words than are looked for.
    """

    surface: str
    exact: str
    ways: tuple[Way, ...] = ()
    cut: bool = False

    def __hash__(self) -> int:
        return hash(self.surface)

    @property
    def is_unit(self) -> bool:
        """Tell whether it is several words that belong together; their words are sought beside it."""
        return " " in self.surface


@dataclass(frozen=True, slots=True)
class Either:
    """The same thing said in two ways: „E-Mail“ as one word or as two. The better one counts.

    The last one is its words.
    """

    items: tuple[Node, ...]


Node: TypeAlias = (
    Word | Phrase | Pattern | Fuzzy | Between | And | Or | Boosted | Not | Fielded | Sought | Either
)


def all_of(nodes: tuple[Node, ...]) -> Node | None:
    """Return a node that requires all of several; one alone as it is, None for none."""
    return And(nodes) if len(nodes) > 1 else next(iter(nodes), None)
