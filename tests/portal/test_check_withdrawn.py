"""What the page for checking says where a document that matters was withdrawn, or a table cannot be used."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import ingest
from archive.editing import Editing
from archive.model import Document, State
from archive.repository import Archive
from archive.settings import Settings
from ingest.batch_manifest import ManifestPreview
from ingest.drafts import Desk, Draft, Entry, Stage
from ingest.succession import publish
from portal.cards import Shelf
from portal.checking.desk import plan, plan_summary, special
from portal.checking.manifest import manifest_part
from portal.checking.table_words import table_words
from portal.reader import Reader
from tests.browser.drafting import draft_batch
from tests.portal.sentences import example


def test_drafts_of_withdrawn_documents_are_left_out_of_publishing(document: Document, reader: Reader) -> None:
    gone = replace(document, id="7k3mx9q2f9", title="<Alt>", state=State.WITHDRAWN, reason="Rechte")
    own = Draft(document)
    version = Draft(replace(document, id="7k3mx9q2f2", replaces=gone.id))
    further = Draft(replace(document, id="7k3mx9q2f3", format_of=gone.id))
    held = Draft(replace(document, id="7k3mx9q2f4", format_of=gone.id, reason="Warten"))
    planned = plan([own, version, further, held], {gone.id: gone})
    assert planned.to_publish == (own,)
    assert planned.to_restore == (gone,)
    made = plan_summary(planned, reader)
    assert "Stellen Sie zuerst dieses wieder her" in made
    assert "&lt;Alt&gt;" in made
    assert "neue Fassung" not in made
    assert plan([version]).new_versions == 1


def test_publishing_into_a_withdrawn_document_says_what_to_do(tmp_path: Path) -> None:
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "archive")}))
    batch, made = draft_batch(archive, ["Alt", "Neu"])
    editing = Editing(archive, "anna")
    editing.publish([made["Alt"]])
    editing.edit({made["Neu"]: {"replaces": made["Alt"]}})
    editing.withdraw([made["Alt"]], "Rechte")
    (problem,) = publish(archive, [made["Neu"]], "anna", batch).problems.values()
    assert "Restore that first" in str(problem)
    editing.restore([made["Alt"]])
    assert publish(archive, [made["Neu"]], "anna", batch).into == {made["Neu"]: made["Alt"]}
    archive.close()


def test_bytes_of_a_withdrawn_document_are_told_with_its_reason(document: Document, reader: Reader) -> None:
    entry = Entry(1, "a.pdf", Stage.DONE, "unchanged", "", document.id, document.conference, "")
    gone = replace(document, state=State.WITHDRAWN, reason="Rechte <fehlen>")
    assert "wurde zurückgezogen: Rechte &lt;fehlen&gt;" in special(
        Desk((entry,), (), {gone.id: gone}), reader
    )
    assert "zurückgezogen" not in special(Desk((entry,), (), {document.id: document}), reader)


def refusals() -> Iterator[str]:
    """Every sentence with which a table is refused, with 7 for what is put into it."""
    for name in ("tabular.py", "manifest.py"):
        for node in ast.walk(ast.parse((Path(str(ingest.__file__)).parent / name).read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("TableError", "ManifestError"):
                yield " ".join(example(each) for each in node.args[1:])


def test_every_refused_table_is_told_in_the_readers_language(reader: Reader) -> None:
    sentences = set(refusals())
    assert len(sentences) > 10
    for sentence in sentences:
        words, language = table_words(f"manifest.csv, line 3: {sentence}", reader)
        assert language is None, sentence
        assert words.startswith("manifest.csv, Zeile 3: ")
    assert table_words("Something new.", reader) == ("Something new.", "en")


def test_manifest_without_paths_is_refused_in_german_and_russian(
    reader: Reader, reader_in: Callable[[str], Reader]
) -> None:
    error = (
        "manifest.csv: There is no column for the paths of the files. "
        "Name it path, Pfad or путь, in the first row."
    )
    seen = ManifestPreview("manifest.csv", error=error)
    assert "Es gibt keine Spalte für die Pfade" in manifest_part(seen, {}, Shelf({}), reader)
    assert "Нет столбца с путями" in manifest_part(seen, {}, Shelf({}), reader_in("ru"))
