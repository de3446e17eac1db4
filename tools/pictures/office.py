"""An afternoon of staff, from signing in to the accounts, with a picture at each station."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, Route

from archive.accounts import FIRST_PERSON
from bench.command import portal
from ingest.spreadsheet_columns import COLUMNS
from tools.pictures.camera import Camera
from tools.pictures.folder import conference_folder, later_folder
from tools.pictures.serving import PASSWORD

TITLES = {
    "de": "XIV. Deutsch-Russische Städtepartnerkonferenz",
    "ru": "XIV Германо-российская конференция городов-партнёров",
    "en": "14th German-Russian Conference of Partner Cities",
}
DECK_TITLE = "Fernwärme und Gebäudesanierung"
NOTED = "Bürgerbeteiligung und Wärmekarte"
GONE_TITLE = "Schulpartnerschaften"
NEW_TITLE = "Bürgerbeteiligung und Wärmekarte: eine Stadt liest sich selbst"
CHANGED_CELLS = ((3, "rights", "CC BY 4.0"), (4, "title", ""), (5, "kind", "Vortrag"), (6, "kind", "Roman"))
"""Row, column and new value in the spreadsheet; only the first is right in English."""

CONCEPT = "urn:konferenzarchiv:thesaurus:fernwaerme"
SOUGHT_IN_VAIN = ("Wasserstoff", "Geothermie", "ветроэнергетика")
ACCOUNTS = {"redaktion": "staff", "lesesaal": "reader"}
SENT_AT_FIRST = 15
"""Files that arrive before the picture of an upload under way."""

READING_MS, PUBLISHING_MS = 300_000, 120_000
ANSWER_MS = 600
BOX, ROW_HEIGHT = 20, 36
"""Where the boxes of a table's rows are, in pixels."""

READ = "document.querySelector('.check-bar') && !document.querySelector('.reading-on')"


class Afternoon:
    """One walk through the pages of staff; every station goes on from the one before."""

    def __init__(self, camera: Camera, home: Path, language: str) -> None:
        self.camera, self.home, self.place = camera, home, home.parent
        self.page: Page = camera.page
        self.language, self.conference = language, ""

    def walk(self) -> None:
        """Take all pictures."""
        self.sign_in()
        self.upload()
        batch = self.batch()
        self.check(batch)
        self.publish(batch)
        self.later()
        self.manage()
        self.record()
        self.translations()
        self.thesaurus()
        self.spreadsheet()
        self.status()
        self.accounts()

    def batch(self) -> str:
        """Return the batch whose files are on the screen."""
        return str(self.page.evaluate("new URLSearchParams(location.search).get('batch')"))

    # Signing in and bringing files

    def sign_in(self) -> None:
        """Sign in with the first account."""
        self.camera.open("/sign-in", lang=self.language, next=f"/upload?conference=new&lang={self.language}")
        self.page.fill("input[name=name]", FIRST_PERSON)
        self.camera.take("sign-in", height=620)
        self.page.fill("input[type=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/upload**")
        self.camera.settle()

    def upload(self) -> None:
        """Make a conference and drop its folder."""
        page = self.page
        page.locator(".st-key-new-title input").fill(TITLES[self.language])
        page.locator(".st-key-new-place input").fill("Krasnodar")
        page.locator(".st-key-new-start [role=spinbutton]").first.click()
        page.keyboard.type("28062017")
        page.keyboard.press("Escape")
        self.camera.take("new-conference", height=700)
        page.locator(".st-key-new-conference-fields button[kind=primaryFormSubmit]").click()
        page.wait_for_selector(".drop")
        self.conference = str(page.evaluate("new URLSearchParams(location.search).get('conference')"))
        self.camera.take("upload", height=620)
        let_go = self._hold_back(SENT_AT_FIRST)
        self._drop(conference_folder(self.place))
        page.wait_for_function(f"document.querySelectorAll('.upload.arrived').length === {SENT_AT_FIRST}")
        self.camera.take("upload-under-way")
        let_go()
        page.wait_for_selector(".uploads.complete", timeout=READING_MS)

    def _hold_back(self, after: int) -> Callable[[], None]:
        """Let so many files through and keep those that follow waiting, until what is returned is called."""
        held: list[Route] = []
        sent = 0

        def decide(route: Route) -> None:
            nonlocal sent
            sent += route.request.method == "PATCH"
            if sent > after:
                held.append(route)
            else:
                route.continue_()

        def let_go() -> None:
            nonlocal sent
            sent = -1_000_000
            for route in held:
                route.continue_()

        self.page.route("**/uploads/*", decide)
        return let_go

    def _drop(self, folder: Path) -> None:
        """Drag a folder from outside onto the page, as a person would."""
        session = self.page.context.new_cdp_session(self.page)
        box = self.page.locator(".drop").bounding_box()
        if box is None:
            raise LookupError("there is no place to drop files on")
        data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
        at = {"x": box["x"] + 20, "y": box["y"] + 20, "data": data}
        for kind in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {"type": kind, **at})

    # Looking through drafts

    def check(self, batch: str) -> None:
        """Take over what came with the files, and look at the drafts."""
        self._drafts(batch)
        self.camera.take("manifest", ".st-key-check-manifest-0")
        self._press(".st-key-check-manifest-apply-0 button")
        self.camera.take("saved-page", ".st-key-check-webpage")
        self._press(".st-key-check-webpage button[kind=secondaryFormSubmit]")
        self._press(".st-key-check-webpage-drafts button")
        self.camera.take("folders", ".st-key-check-folders")
        self._press(".st-key-check-folders button[kind=secondaryFormSubmit]")
        self.camera.take("grid", ".check-bar", "[data-testid=stDataFrame]")
        self.camera.take("many", ".st-key-check-many")
        self._drafts(batch, look="list")
        self.camera.take("list", ".check-bar", ".draft:nth-of-type(5)")
        self._open(NOTED)
        self._fill(".st-key-check-opened [class*='-title'] input", NEW_TITLE)
        self._press(".st-key-check-opened button[kind=primaryFormSubmit]")
        self.camera.take("draft", ".st-key-check-opened")

    def publish(self, batch: str) -> None:
        """Publish all that can be."""
        self._drafts(batch)
        self.camera.take("publish", ".st-key-check-warnings", ".st-key-check-publish")
        self._publish()
        self.camera.take("published", ".check-head", ".done")

    def later(self) -> None:
        """Bring in what came later, and publish it."""
        self.camera.open("/upload", lang=self.language, conference=self.conference)
        self.page.wait_for_selector(".drop")
        self._drop(later_folder(self.place))
        self.page.wait_for_selector(".uploads.complete", timeout=READING_MS)
        batch = self.batch()
        self._drafts(batch, look="list")
        self._open(DECK_TITLE)
        self.camera.take("later", ".check-head", ".st-key-check-opened [class*='-title']")
        self._publish()

    def _drafts(self, batch: str, **more: str) -> None:
        """Show the drafts of a batch once all of them have been read."""
        self.camera.open("/check", lang=self.language, batch=batch, **more)
        self.page.wait_for_function(READ, timeout=READING_MS)
        self.camera.settle()

    def _open(self, title: str) -> None:
        self.page.locator(".draft h2 a", has_text=title).first.click()
        self.page.wait_for_selector(".st-key-check-opened")
        self.camera.settle()

    def _publish(self) -> None:
        self.page.locator(".st-key-check-publish-all button").click()
        self.page.wait_for_selector(".done", timeout=PUBLISHING_MS)
        self.camera.settle()

    def _press(self, selector: str) -> None:
        """Press a button, and wait until the page has answered."""
        self.page.locator(selector).first.click()
        self.page.wait_for_timeout(ANSWER_MS)
        self.camera.settle()

    def _fill(self, selector: str, text: str) -> None:
        self.page.locator(selector).first.fill(text)
        self.page.keyboard.press("Tab")

    # Keeping in order

    def manage(self) -> None:
        """Complete the texts of the conference, and choose some of its records."""
        about = {"lang": self.language, "id": self.conference}
        self.camera.open("/manage", **about)
        for language, title in TITLES.items():
            self._fill(f"[class*='-title-{language}'] input", title)
        self._press(".st-key-save button")
        self.camera.take("conference", ".st-key-manage")
        self.camera.open("/manage", **about, part="records")
        self._tick(1, 2, 3)
        self.camera.take("records", ".st-key-manage")

    def _tick(self, *rows: int) -> None:
        """Choose rows of the table, counted from 1; it is drawn on a canvas."""
        table = self.page.locator("[data-testid=stDataFrame] canvas").first
        for row in rows:
            table.scroll_into_view_if_needed()
            box = table.bounding_box()
            if box is None:
                raise LookupError("there is no table")
            self.page.mouse.click(box["x"] + BOX, box["y"] + ROW_HEIGHT * row + ROW_HEIGHT / 2)
            self.page.wait_for_timeout(ANSWER_MS)
            self.camera.settle()

    def record(self) -> None:
        """Look at a record, withdraw another, and see what readers see of that."""
        self.camera.open("/record", lang=self.language, d=self._document(DECK_TITLE))
        self.camera.take("record", ".st-key-record")
        gone = self._document(GONE_TITLE)
        self.camera.open("/record", lang=self.language, d=gone)
        self.page.locator(".st-key-withdraw summary").click()
        self._fill(".st-key-reason input", "Rechte an zwei Bildern ungeklärt")
        self.page.wait_for_selector(".st-key-do-withdraw button:enabled")
        self._press(".st-key-do-withdraw button")
        cookies = self.page.context.cookies()
        self.page.context.clear_cookies()
        self.camera.open("/document", lang=self.language, d=gone)
        self.camera.take("withdrawn", height=620)
        self.page.context.add_cookies(cookies)  # type: ignore[arg-type]

    def translations(self) -> None:
        """Let the archive look for translations, and look at the first that it found."""
        portal(self.home, "learn")
        self.camera.open("/translations", lang=self.language)
        self.camera.take("translations", ".st-key-translations", "[class*='st-key-pair-']")

    def thesaurus(self) -> None:
        """Look at a concept and the form in which it is changed."""
        self.camera.open("/thesaurus", lang=self.language, c=CONCEPT)
        self.page.wait_for_selector(".st-key-concept-buttons button")
        self.camera.take("thesaurus", ".concept", ".st-key-concept-buttons")

    def spreadsheet(self) -> None:
        """Download the records, change some cells and hand them in again."""
        address = {"lang": self.language, "id": self.conference, "part": "table"}
        self.camera.open("/manage", **address)
        path = self.place / f"{self.conference}.xlsx"
        with self.page.expect_download() as downloading:
            self.page.locator("a[href*='.xlsx']").click()
        downloading.value.save_as(path)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        for row, name, value in CHANGED_CELLS:
            sheet.cell(row, COLUMNS.index(name) + 1).value = value
        book.save(path)
        self.page.set_input_files("form.send input[type=file]", path)
        with self.page.expect_navigation():
            self.page.locator("form.send button").click()
        self.camera.settle()
        self.page.wait_for_selector(".preview")
        self.camera.take("spreadsheet", ".st-key-manage")

    # Looking after the archive

    def status(self) -> None:
        """Look for what is not there, and then at the status page."""
        for words in SOUGHT_IN_VAIN:
            self.camera.open("/", q=words, lang=self.language)
        self.camera.open("/status", lang=self.language)
        self.page.wait_for_selector(".machine")
        self.camera.take("status", ".st-key-status")

    def accounts(self) -> None:
        """Look at the accounts, one of them open."""
        for name, role in ACCOUNTS.items():
            portal(self.home, "user", "add", name, "--role", role, "--generate")
        self.camera.open("/people", lang=self.language, name="redaktion")
        self.camera.take("accounts", ".st-key-people")

    def _document(self, title: str) -> str:
        """Return the identifier of the published document that has these words in its title."""
        answer = self.page.request.get(
            f"{self.camera.portal}/api/v1/search", params={"q": f'title:"{title}"'}
        )
        return str(answer.json()["hits"][0]["document"])
