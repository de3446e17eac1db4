"""What can be wrong with a concept or a SKOS file, and what staff did to the thesaurus, in words."""

from __future__ import annotations

from archive.errors import EditError
from archive.staff_log import Step
from archive.thesaurus_record import ADD, EDIT, LOAD, REMOVE, TAKE_BACK, UNLOAD
from index.concept_checks import MAX_LABELS, ConceptError, Kind, Problem
from index.errors import ThesaurusError
from index.thesaurus import MAX_LABEL_CHARS, Thesaurus
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.sentences import Sentences, say


def problem_words(problem: Problem, thesaurus: Thesaurus, reader: Reader) -> str:
    """Say what is wrong with a concept, and what to do."""
    _ = reader.texts.gettext
    other = thesaurus.concepts.get(problem.other)
    words = {
        Kind.PREFERRED: _("{language}: write the name of the concept."),
        Kind.LABEL: _("{language}: “{label}” has no letters, or more than {most}. Write a word or a few."),
        Kind.MANY: _("{language}: more than {many} names. Leave some out."),
        Kind.TWICE: _("{language}: “{label}” stands here twice. Take one out."),
        Kind.TAKEN: _("{language}: “{label}” is a name of the concept “{other}”. Take it out here or there."),
        Kind.CIRCLE: _("“{other}” is this concept or below it. Choose another."),
        Kind.GONE: _("A concept that was chosen is gone. Load the page again."),
    }
    return words[problem.kind].format(
        language=reader.texts.language_name(problem.language) if problem.language else "",
        label=problem.label[:MAX_LABEL_CHARS],
        other=reader.texts.say(other.preferred) if other else problem.other,
        most=MAX_LABEL_CHARS,
        many=MAX_LABELS,
    )


def error_words(error: Exception, thesaurus: Thesaurus, reader: Reader) -> tuple[str, ...]:
    """Say why something that was to be done to the thesaurus was not."""
    _ = reader.texts.gettext
    if isinstance(error, ConceptError):
        return tuple(problem_words(problem, thesaurus, reader) for problem in error.problems)
    if isinstance(error, ThesaurusError):
        reason = say(error.reason, _reasons(reader)) or error.reason
        return (_("“{name}” was not loaded: {reason}").format(name=error.path.name, reason=reason),)
    if isinstance(error, EditError) and (words := say(str(error), _refusals(reader))):
        return (words,)
    return (_("Nothing was saved: {reason}").format(reason=refusal_words(error, reader)),)


def step_words(step: Step, thesaurus: Thesaurus, reader: Reader) -> str:
    """Say what somebody did to the thesaurus."""
    _ = reader.texts.gettext
    subject = next(iter(step.differences), "")
    words = {
        EDIT: _("“{name}” edited"),
        ADD: _("“{name}” added"),
        REMOVE: _("“{name}” taken out"),
        TAKE_BACK: _("“{name}”: edit taken back"),
        LOAD: _("File “{name}” loaded"),
        UNLOAD: _("File “{name}” taken out"),
    }
    return words[step.action].format(name=_name(subject, step, thesaurus, reader))


def _name(subject: str, step: Step, thesaurus: Thesaurus, reader: Reader) -> str:
    concept = thesaurus.concepts.get(subject)
    if concept is not None:
        return reader.texts.say(concept.preferred)
    for value in step.differences.get(subject, {}).get("preferred", ()):
        if isinstance(value, dict):
            return reader.texts.say(value)
    return subject


def _refusals(reader: Reader) -> Sentences:
    _ = reader.texts.gettext
    return {
        r"This file is loaded already, as (.+)\.": _("This file is loaded already, as “{0}”.").format,
    }


def _reasons(reader: Reader) -> Sentences:
    """Sentences of index/skos.py and index/skos_xml.py that say why a file cannot be read."""
    _ = reader.texts.gettext
    return {
        r"Save it as Turtle or RDF/XML, .+": _("Save it as Turtle (.ttl) or RDF/XML (.rdf).").format,
        r"It has more than (\d+) MB; .+": _(
            "It has more than {0} MB. Leave languages and notes out that are not needed."
        ).format,
        r"It takes too much memory or time .+": _(
            "It takes too much memory or time to read. Leave out languages and notes, or load a part of it."
        ).format,
        r"It has more than (\d+) concepts\. .+": _(
            "It has more than {0} concepts. Load a part of it."
        ).format,
        r"It has no skos:Concept with .+": _(
            "It has no concept with a name in German, Russian or English."
        ).format,
        r"It has (.+), which is not read\. Save it as Turtle\.": _(
            "It has something that is not read ({0}). Save it as Turtle (.ttl)."
        ).format,
        r"It is no (Turtle|RDF/XML|XML): (.+)": _("It is no {0} that can be read ({1}).").format,
        r"It has more than (\d+) @base\. .+": _(
            "It has more than {0} @base. Write its addresses in full."
        ).format,
    }
