"""A value of a YAML file together with where it stands, so that an error can name the line.

Reading a value as the wrong type raises ConferenceFileError with what to write instead.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import yaml

from archive.errors import IdentifierError
from archive.identifiers import parse_conference_id
from archive.model import Kind
from ingest.errors import ConferenceFileError

LANGUAGE_CODES = ("de", "ru", "en", "und")
"""Languages that a text can be written in; "und" is a text in no language in particular."""

MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Field:
    """A value and where it stands. Each method reads it as one type, or raises ConferenceFileError."""

    path: Path
    node: yaml.Node | None
    name: str

    @classmethod
    def root(cls, path: Path, place: Path | None = None) -> Self:
        """Open a YAML file, which people see at `place`. Raises ConferenceFileError where it is none."""
        problem, instead, line = "", "Write `field: value`, one a line.", 1
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                problem, instead = "The file is too large.", f"Write at most {MAX_BYTES} bytes."
            else:
                node = yaml.compose(content.decode("utf-8-sig"), Loader=yaml.SafeLoader)
                return cls(place or path, node, "the file")
        except (OSError, UnicodeDecodeError) as exc:
            problem, instead = f"The file cannot be read: {exc}.", "Save it as UTF-8."
        except yaml.MarkedYAMLError as exc:
            problem = f"This is not YAML: {exc.problem}."
            line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        except (yaml.YAMLError, RecursionError) as exc:
            problem = f"This is not YAML: {exc}."
        raise ConferenceFileError(place or path, line, problem, instead)

    def error(self, problem: str, instead: str) -> ConferenceFileError:
        """Make an error of this value."""
        line = self.node.start_mark.line + 1 if self.node is not None else 1
        return ConferenceFileError(self.path, line, problem, instead)

    def fields(self, allowed: str, required: str = "") -> dict[str, Field]:
        """Read a map of known fields; those without a value are left out."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(f"{self.name} is no map of fields.", "Write `field: value`, one a line.")
        known = allowed.split()
        found: dict[str, Field] = {}
        for key_node, value_node in self.node.value:
            key = Field(self.path, key_node, "A field's name").text()
            if key not in known:
                raise Field(self.path, key_node, key).error(
                    f"There is no field {key!r}.", f"Write one of: {', '.join(known)}."
                )
            if key in found:
                raise Field(self.path, key_node, key).error(f"{key!r} is there twice.", "Leave one of them.")
            if value_node.tag != "tag:yaml.org,2002:null":
                found[key] = Field(self.path, value_node, key)
        for key in required.split():
            if key not in found:
                raise self.error(f"{self.name} has no {key!r}.", f"Add `{key}: …`.")
        return found

    def items(self) -> tuple[Field, ...]:
        """Read a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error(f"{self.name} is no list.", "Begin each entry with `- `.")
        return tuple(Field(self.path, node, f"An entry of {self.name}") for node in self.node.value)

    def text(self) -> str:
        """Read one text that is not empty."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.error(
                f"{self.name} is no text.", "Write one line of text, in quotes if it has a colon."
            )
        return str(self.node.value).strip()

    def translations(self) -> dict[str, str]:
        """Read a text by language."""
        if isinstance(self.node, yaml.ScalarNode):
            return {"und": self.text()}
        texts = {language: text.text() for language, text in self.fields(" ".join(LANGUAGE_CODES)).items()}
        if not texts:
            raise self.error(f"{self.name} has no text.", "Write it after its language, such as `de: …`.")
        return texts

    def number(self) -> int:
        """Read a whole number that is not negative."""
        text = self.text()
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            raise self.error(f"{self.name} is no number: {text!r}.", "Write digits, such as 14.")
        return int(text)

    def day(self) -> dt.date:
        """Read a date."""
        text = self.text()
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise self.error(f"{self.name} is no date: {text!r}.", "Write it as 2017-06-28.") from None

    def truth(self) -> bool:
        """Read true or false."""
        text = self.text().casefold()
        if text not in ("true", "false", "yes", "no"):
            raise self.error(f"{self.name} is {text!r}.", "Write true or false.")
        return text in ("true", "yes")

    def kind(self) -> Kind:
        """Read a kind of document."""
        text = self.text()
        try:
            return Kind(text)
        except ValueError:
            raise self.error(
                f"There is no kind {text!r}.", f"Write one of: {', '.join(kind.value for kind in Kind)}."
            ) from None

    def url(self) -> str:
        """Read a web address."""
        text = self.text()
        if not text.startswith(("https://", "http://")):
            raise self.error(f"{self.name} is no web address: {text!r}.", "Write it with https:// in front.")
        return text

    def path_text(self) -> str:
        """Read a path, in NFC."""
        return unicodedata.normalize("NFC", self.text())

    def conference_id(self) -> str:
        """Read an identifier of a conference."""
        try:
            return parse_conference_id(self.text())
        except IdentifierError as exc:
            raise self.error(
                f"{self.name} cannot be used: {exc}.", "Leave it out to use the folder's name."
            ) from exc
