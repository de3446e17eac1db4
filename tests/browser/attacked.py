"""An archive in which every text is an attack, and the ways to see whether one of them worked."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Request
from sqlalchemy import update

from archive.editing import Editing
from archive.identifiers import mint_document_id
from archive.model import (
    Agent,
    Conference,
    Document,
    File,
    Kind,
    Link,
    Panel,
    Sensitive,
    State,
    Version,
)
from archive.model import Page as TextPage
from archive.names import safe_name
from archive.records import Json
from archive.repository import Archive
from archive.search_log import SearchLog
from archive.tables import intake
from archive.translation_decisions import TranslationDecisions
from index.finder import Found
from index.indexer import Indexer
from index.live_lexicon import lexicon_folder
from index.pairs import Likeness
from index.thesaurus import Concept
from index.thesaurus_editing import ThesaurusEditing
from ingest.batches import Batches
from ingest.candidate import Description
from ingest.intake import FAILED, Intake
from ingest.manifest_shelf import ManifestShelf
from ingest.returned import ReturnedSheets
from ingest.uploads import deposited_path
from tests.portal.conftest import pdf

ELSEWHERE = "evil.example"
MARKUP = "<script>window.owned=1</script><img src=x onerror='window.owned=2'>\"><svg onload=window.owned=3>"
MARKDOWN = (
    f"[klick](javascript:window.owned=4) ![bild](http://{ELSEWHERE}/a.png) http://{ELSEWHERE} "
    f"www.{ELSEWHERE} <http://{ELSEWHERE}/b> :material/delete: :red[rot] $\\frac{{a}}{{b}}$ **fett** "
    "`code` # oben {0} %s &lt;i&gt;"
)
TURNED = "gpj.\u202efdp\u2066\u0007"
ATTACK = f"{MARKUP} {MARKDOWN} {TURNED}"
PLAIN_SIGNS = ("<script>window.owned=1</script>", "[klick](javascript:window.owned=4)", "gpj.fdp")
"""What of it a page shows where it shows it at all."""

PATH = f"../{MARKUP.replace('/', '|')}/[klick](javascript:x)\n{TURNED}.pdf"
PDF = "application/pdf"
ID = "2017-angriff"
SKOS, LOADED = "http://www.w3.org/2004/02/skos/core#", "urn:angriff:1"


def hostile_conference() -> Conference:
    """A conference, each text of which is an attack."""
    attack = {"de": ATTACK}
    panel = Panel(
        f"{ID}/panel",
        attack,
        working_group=attack,
        description=attack,
        moderators=(Agent(attack, "javascript:window.owned=5"),),
    )
    return Conference(
        ID,
        attack,
        place=attack,
        motto=attack,
        description=attack,
        organisers=(Agent(attack, "javascript:window.owned=6"),),
        links=(Link(attack, "data:text/html,<script>window.owned=7</script>"),),
        panels=(panel,),
    )


@dataclass(frozen=True)
class Attacked:
    """What was put into the archive, by what it is there for."""

    batch: str
    sheet: str
    documents: dict[str, str] = field(default_factory=dict)
    concept: str = ""

    def staff_pages(self) -> list[str]:
        """Every page of staff, in every look."""
        draft, held, deck = (self.documents[name] for name in ("draft", "held", "deck"))
        parts = ("about", "panels", "records", "table", "history")
        return [
            "/check",
            f"/check?batch={self.batch}",
            f"/check?batch={self.batch}&look=list",
            f"/check?batch={self.batch}&look=list&d={draft}",
            f"/check?batch={self.batch}&look=list&d={held}",
            "/manage",
            *(f"/manage?id={ID}&part={part}" for part in parts),
            f"/manage?id={ID}&part=table&sheet={self.sheet}",
            f"/record?d={deck}",
            f"/record?d={self.documents['withdrawn']}",
            f"/record?d={draft}",
            "/status",
            "/upload",
            f"/upload?conference={ID}",
            f"/upload?batch={self.batch}",
            "/translations",
            "/translations?part=decided",
            "/people",
            "/account",
            "/thesaurus",
            f"/thesaurus?c={self.concept}",
            "/thesaurus?part=new",
            f"/thesaurus?c={LOADED}",
        ]

    def public_pages(self) -> list[str]:
        """Every page that anybody sees."""
        deck, gone = self.documents["deck"], self.documents["withdrawn"]
        return [
            "/",
            "/?q=Angriffstext",
            f"/?q=Angriffstext&conference={ID}&panel={ID}/panel",
            "/?q=<script>window.owned=8</script>\u202e[x](javascript:x)",
            "/conferences",
            f"/conferences?id={ID}",
            f"/document?d={deck}",
            f"/document?d={deck}&q=Angriffstext",
            f"/d/{deck}",
            f"/document?d={gone}",
            f"/d/{gone}",
            "/thesaurus?q=Angriffstext",
            "/thesaurus?q=<script>window.owned=8</script>",
            f"/thesaurus?c={self.concept}",
        ]


def attack(archive: Archive) -> Attacked:
    """Put attacks wherever somebody else's text may stand."""
    archive.save_conference(hostile_conference())
    batch = Batches(archive.catalogue.engine).begin("a-admin", "upload", ID, f"{ID}/panel")
    documents = {
        "deck": _document(archive, State.PUBLISHED),
        "withdrawn": _document(archive, State.WITHDRAWN, withdrawn_at=dt.datetime.now(dt.UTC), reason=ATTACK),
        "draft": _document(archive, State.DRAFT, batch=batch.id),
        "held": _document(archive, State.DRAFT, batch=batch.id, reason=ATTACK),
    }
    _entered(archive, batch.id, {"state": FAILED, "error": ATTACK})
    Editing(archive, "a-admin", batch=batch.id, conference=ID).edit(
        {
            documents["draft"]: {"rights": f"{ATTACK} anders"},
            documents["deck"]: {"rights": f"{ATTACK} anders"},
        }
    )
    SearchLog(archive.catalogue.engine).note(ATTACK, "de")
    home = archive.settings.home
    source = home / "manifest.csv"
    name = archive.document(documents["draft"]).current.files[0].name
    cell = '"' + f"{ATTACK} Manifest".replace('"', '""') + '"'
    source.write_text(f"path;title;kind;{cell}\n{name};{cell};{cell};x\n{cell};x;x;x\n", encoding="utf-8")
    ManifestShelf(home).keep(batch.id, f"{MARKUP}/manifest.csv", source)
    table = f"id;title;kind\nNr.;Titel;Art\n{documents['deck']};{cell};{cell}\n{cell};{cell};\n"
    sheet = ReturnedSheets(home, 1 << 20).keep([table.encode()])
    _translations(archive, documents["deck"])
    Indexer(archive).catch_up()
    return Attacked(batch.id, sheet, documents, _concept(archive))


def _translations(archive: Archive, deck: str) -> None:
    """Propose a translation of a document, refuse another and accept a third."""
    proposed, refused, accepted = (_document(archive, State.PUBLISHED) for _ in range(3))
    decisions = TranslationDecisions(archive, "a-admin")
    decisions.refuse(deck, refused)
    decisions.accept(deck, accepted)
    likeness = Likeness(deck, proposed, ("de", "ru"), 0.5, 2.0, (ATTACK, MARKDOWN))
    path = lexicon_folder(archive) / "pairs.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(Found("s", likenesses=(likeness,)))))


def _concept(archive: Archive) -> str:
    """Add a concept, load a file beside it, and let a file be refused; return the concept."""
    editing = ThesaurusEditing(archive, "a-admin")
    labels = {language: f"Angriffstext {ATTACK} {language}"[:200] for language in ("de", "ru", "en")}
    others = {language: (f"{MARKDOWN} {language}"[:200],) for language in ("de", "ru", "en")}
    made = editing.add(Concept("", labels, others))
    label = f"Angriffstext {ATTACK}"[:200].replace("\\", "\\\\").replace('"', '\\"').replace(TURNED[-1], "")
    skos = f'<{LOADED}> a <{SKOS}Concept> ; <{SKOS}prefLabel> "{label}"@de .'
    editing.load(f"{ATTACK.replace('/', '|')}.ttl"[-150:], io.BytesIO(skos.encode()))
    return made.uri


def _document(archive: Archive, state: State, *, batch: str = "", **changes: object) -> str:
    identifier = mint_document_id()
    content = pdf(identifier)
    name, now = safe_name(deposited_path(PATH)), dt.datetime.now(dt.UTC).replace(microsecond=0)
    source = Path(archive.settings.home) / f"{identifier}.pdf"
    source.write_bytes(content)
    changed: dict[str, object] = {} if changes.get("reason") == "" else {"error": changes.get("reason", "")}
    ticket, sha512 = _entered(archive, batch or None, changed, content)
    file = File(name, deposited_path(PATH), PDF, len(content), sha512, 1, (Sensitive.NOTES,))
    document = Document(
        identifier,
        ATTACK,
        ID,
        Kind.PRESENTATION,
        state,
        (Version(1, now, (file,), note=ATTACK),),
        now,
        now,
        panel=f"{ID}/panel",
        creators=(ATTACK, f"{ATTACK} zwei"),
        languages=("de",),
        rights=ATTACK,
        **changes,  # type: ignore[arg-type]
    )
    page = TextPage(1, f"Angriffstext {ATTACK}", title=ATTACK, notes=ATTACK, languages=("de",))
    passport: Json = {"light": "red", "notes": 1, "pages": 1, "characters": 9, "problems": [ATTACK]}
    archive.save(document, message=ATTACK, originals={name: source}, pages=[page], passports={name: passport})
    proposals: Json = {"title": {"value": ATTACK, "reason": "first_page", "details": {}}}
    status = "held" if document.reason else "deposited"
    with archive.catalogue.engine.begin() as connection:
        values = {"document": identifier, "proposals": proposals, "status": status, "state": "done"}
        connection.execute(update(intake).where(intake.c.id == ticket).values(values))
    return identifier


def _entered(
    archive: Archive, batch: str | None, values: dict[str, object], content: bytes = b"x"
) -> tuple[int, str]:
    received, sha512, size_bytes = archive.receive(io.BytesIO(content))
    ticket = Intake(archive).enter(
        deposited_path(PATH), received, sha512, size_bytes, PDF, Description(ID), batch=batch
    )
    with archive.catalogue.engine.begin() as connection:
        connection.execute(update(intake).where(intake.c.id == ticket.id).values({"state": "done", **values}))
    received.discard()
    return ticket.id, sha512


@dataclass
class Watch:
    """What a browser did that no text of the archive should make it do."""

    page: Page
    here: str
    asked: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        context: BrowserContext = self.page.context
        context.on("request", self._request)
        self.page.on("dialog", lambda dialog: self.opened.append(dialog.message))
        self.page.on("popup", lambda popup: self.opened.append(popup.url))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.here, self.here.replace("http", "ws", 1), "data:", "blob:")):
            self.asked.append(request.url)

    def harm(self) -> list[str]:
        """Say what happened; nothing where all is well."""
        found: list[str] = self.page.evaluate(LOOK, ELSEWHERE)
        return [
            *found,
            *(f"asked {url}" for url in self.asked),
            *(f"opened {words}" for words in self.opened),
        ]


LOOK = """elsewhere => {
  const found = [];
  if (window.owned !== undefined) found.push(`script ${window.owned} ran`);
  const unwanted = [
    "[onerror]", "[onload]", "[onclick]", "script:not([src])", "iframe", "object", "embed", ".katex", "base",
    "[href^='javascript:' i]", "[href^='data:' i]", "[src^='javascript:' i]",
    `[href*='${elsewhere}']:not([href^='/?q='])`, `[src*='${elsewhere}']`,
    "[data-testid=stMarkdownContainer] strong",
    "[aria-label='delete icon']",
  ];
  for (const one of unwanted)
    for (const element of document.querySelectorAll(one)) found.push(element.outerHTML.slice(0, 200));
  const turned = /[\\u202a-\\u202e\\u2066-\\u2069]/;
  if (turned.test(document.title)) found.push("the title of the window turns");
  if (turned.test(document.body.innerText)) {
    const line = document.body.innerText.split("\\n").find((each) => turned.test(each));
    found.push(`a text turns: ${JSON.stringify(line.slice(-80))}`);
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push("the page is wider than the window");
  return found;
}"""
