"""Time the portal as a reader feels it: from a key or click until the page is painted, in a real Chromium.

python -m bench.portal [ROUNDS]

Serves the samples from an archive of its own. What is timed ends with the second frame after the page of the
new address stands, as the portal's own script notes it.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.command import portal
from bench.support.serving import serving

QUERIES = ("Fernwärme", "Wasser", "Beispiel", "энергоэффективность", "вода", "district heating", "Netz")
"""Typed one after the other."""

FACETS = ("kind:presentation", "language:de", "panel:2017-krasnodar/energieeffizienz", "language:ru")
"""Clicked on and off again."""

HITS = 5
"""Documents opened from a page of results."""

WATCH = """() => {
  window.times = [];
  const begin = (event) => {
    if (event.type === "click" ? event.isTrusted : event.key === "Enter") window.began = event.timeStamp;
  };
  addEventListener("keydown", begin, true);
  addEventListener("click", begin, true);
  new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame((now) => {
    if (window.began) window.times.push(performance.now() - window.began);
    window.began = 0;
  }))).observe(document.documentElement, { attributes: true, attributeFilter: ["data-shown"] });
}"""

SHIFTS = """
  window.shifts = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.shifts += entry.value;
  })).observe({ type: "layout-shift", buffered: true });
"""

STANDS = "document.documentElement.dataset.shown === location.pathname + location.search"


def main(rounds: int) -> None:
    """Print one JSON line a figure."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(Path(folder) / "home") as url,
        sync_playwright() as playwright,
    ):
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, figures in measure(browser, url, rounds):
            line = {
                "what": name,
                "times": len(figures),
                "median": round(statistics.median(figures), 3),
                "max": round(max(figures), 3),
            }
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        browser.close()


def measure(browser: Browser, url: str, rounds: int) -> Iterator[tuple[str, list[float]]]:
    """Yield what was timed, in milliseconds, by what was done; shifts of the layout are no times."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    _open(page, url)
    yield "Enter to painted results, ms", [_ask(page, words) for _ in range(rounds) for words in QUERIES]
    _open(page, f"{url}/?q=Beispiel")
    clicks = [facet for _ in range(rounds) for facet in FACETS for _ in range(2)]
    yield "facet click to painted results, ms", [_click(page, f'[data-id="{one}"]') for one in clicks]
    opened = []
    for number in [number for _ in range(rounds) for number in range(HITS)]:
        _open(page, f"{url}/?q=Beispiel")
        opened.append(_click(page, f".card:nth-of-type({number + 1}) h2 a"))
    yield "click on a hit to painted document, ms", opened
    context.close()
    places = {"start": "/", "results": "/?q=Beispiel", "conference": "/conferences?id=2017-krasnodar"}
    for name, path in places.items():
        loads = [_load(browser, url + path) for _ in range(rounds)]
        yield f"load of {name} with an empty cache, ms", [taken for taken, _ in loads]
        yield f"layout shift of {name}", [shift for _, shift in loads]


def _open(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function(STANDS)
    page.evaluate(WATCH)


def _ask(page: Page, words: str) -> float:
    field = page.locator("input[type=search]").first
    field.fill(words)
    field.press("Enter")
    return _taken(page)


def _click(page: Page, selector: str) -> float:
    page.locator(selector).click()
    return _taken(page)


def _taken(page: Page) -> float:
    page.wait_for_function("window.times.length > 0")
    page.wait_for_function(STANDS)
    return float(page.evaluate("window.times.splice(0)[0]"))


def _load(browser: Browser, url: str) -> tuple[float, float]:
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    began = time.perf_counter()
    page.goto(url)
    page.wait_for_function(STANDS)
    taken = (time.perf_counter() - began) * 1000
    page.wait_for_timeout(400)
    shifts = float(page.evaluate("window.shifts"))
    context.close()
    return taken, shifts


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """Serve the samples for one block."""
    portal(home, "ingest", "samples/2017-krasnodar", "--json")
    with serving(home) as (port, _):
        time.sleep(5)  # dictionaries are read beside the first requests
        yield f"http://127.0.0.1:{port}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
