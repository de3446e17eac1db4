"""A browser window before the portal, and pictures of what it shows: always the same size, and at rest."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image, ImageChops
from playwright.sync_api import Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
WIDTH, HEIGHT = 1280, 900
COLORS = 256
"""Of the palette that pictures are crushed to."""

TALL = 3000
"""Height of a window that shows a whole page, so that a part of it can be cut out."""

MARGIN = 8
"""Pixels around a part that is cut out."""

PAINTED = ".stApp[data-test-script-state=notRunning] .stHtml h1, .plain-page h1"
SHOWN = "document.documentElement.dataset.shown === location.pathname + location.search"
LOADED = """document.fonts.status === 'loaded' && [...document.images].every((image) =>
  image.complete || image.getBoundingClientRect().top > innerHeight)"""
LOOKS, LOOK_MS = 50, 200


@contextmanager
def browser_window(language: str) -> Iterator[Page]:
    """Open a window in which the browser asks for that language."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        context = browser.new_context(
            locale=language,
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=1,
            color_scheme="light",
            reduced_motion="reduce",
            bypass_csp=True,  # Playwright waits for conditions by evaluating them
        )
        yield context.new_page()
        browser.close()


class Camera:
    """Shows pages of a portal in a window, and takes pictures of them into a folder."""

    def __init__(self, page: Page, portal: str, folder: Path) -> None:
        self.page, self.portal, self.folder = page, portal, folder

    def open(self, path: str, **parameters: str) -> None:
        """Go to a page of the portal."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        self.page.goto(f"{self.portal}{path}{query}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page of the current address stands there, with its fonts and pictures."""
        self.page.wait_for_selector(PAINTED, state="attached")
        if self.page.locator(".plain-page").count() == 0:
            self.page.wait_for_function(SHOWN)
        self.page.wait_for_function(LOADED)

    def take(self, name: str, first: str = "", last: str = "", *, height: int = HEIGHT) -> None:
        """Take a picture of the window, or of the part of the page from one place to another.

        Args:
            first: selector of the part's first place; without it the top of the window is taken.
            last: selector of its last place, the first where there is none.
            height: of the window.
        """
        self.page.set_viewport_size({"width": WIDTH, "height": TALL if first else height})
        self.settle()
        self.page.mouse.move(1, 1)
        if first:
            self.page.locator(first).first.evaluate("place => place.scrollIntoView({block: 'start'})")
        seen = self._at_rest()
        if first:
            top, bottom = self._edges(first, last or first)
            seen = _without_foot(seen.crop((0, max(0, top - MARGIN), WIDTH, min(TALL, bottom + MARGIN))))
        palette = seen.quantize(COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        palette.save(self.folder / f"{name}.png", optimize=True)
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

    def _at_rest(self) -> Image.Image:
        """Look until nothing moves any more."""
        before = self._look()
        for _ in range(LOOKS):
            self.page.wait_for_timeout(LOOK_MS)
            now = self._look()
            if ImageChops.difference(before, now).getbbox() is None:
                return now
            before = now
        raise TimeoutError(f"{self.page.url} does not come to rest")

    def _look(self) -> Image.Image:
        picture = self.page.screenshot(animations="disabled", caret="hide")
        return Image.open(io.BytesIO(picture)).convert("RGB")

    def _edges(self, first: str, last: str) -> tuple[int, int]:
        boxes = [self.page.locator(each).first.bounding_box() for each in (first, last)]
        if boxes[0] is None or boxes[1] is None:
            raise LookupError(f"{self.page.url} shows no {first} or no {last}")
        return int(boxes[0]["y"]), int(boxes[1]["y"] + boxes[1]["height"])


def _without_foot(picture: Image.Image) -> Image.Image:
    """Cut off what is empty below the last thing that the picture shows."""
    corner = picture.getpixel((0, picture.height - 1))
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, corner)).getbbox()
    bottom = min(picture.height, box[3] + 2 * MARGIN) if box else picture.height
    return picture.crop((0, 0, picture.width, bottom))
