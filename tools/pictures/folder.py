"""What staff bring to the portal in the pictures: folders made from the samples, and from nothing else."""

from __future__ import annotations

import csv
import html
import shutil
from pathlib import Path

import yaml
from pptx import Presentation

SAMPLES = Path(__file__).parents[2] / "samples" / "2017-krasnodar"
FOLDERS = {
    "programm": "Programm",
    "energieeffizienz": "Energieeffizienz und Stadtentwicklung",
    "kommunalversorgung": "Kommunalversorgung",
    "bildung-erinnerung": "Bildung, Jugend und Sport",
}
"""What the folders of the samples are called here, as people name them."""

DECK = "01 Fernwärme und Gebäudesanierung.pptx"
KNOWN = "Trinkwasser - Netze, Verluste, Vorsorge.pptx"
ROOT = "Krasnodar 2017"
PAGE_NAME = "Konferenzseite.html"
LINKED = "energieeffizienz"
"""The folder whose files the saved page links to."""


def conference_folder(place: Path) -> Path:
    """Make the folder of the conference: all samples, a saved web page and a manifest."""
    root = place / ROOT
    for folder, name in FOLDERS.items():
        shutil.copytree(SAMPLES / folder, root / name)
    (root / PAGE_NAME).write_text(_saved_page(), encoding="utf-8")
    _manifest(root / "manifest.csv")
    return root


def later_folder(place: Path) -> Path:
    """Make the folder that comes later: a changed deck, and a file that is there already."""
    root = place / "later" / ROOT
    for folder in ("energieeffizienz", "kommunalversorgung"):
        (root / FOLDERS[folder]).mkdir(parents=True)
    shutil.copyfile(SAMPLES / "kommunalversorgung" / KNOWN, root / FOLDERS["kommunalversorgung"] / KNOWN)
    deck = Presentation(str(SAMPLES / "energieeffizienz" / DECK))
    runs = [
        run
        for shape in deck.slides[1].shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    runs[0].text += " (korrigiert)"
    deck.save(str(root / FOLDERS["energieeffizienz"] / DECK))
    return root


def _saved_page() -> str:
    """Write the page of the conference as its organiser might have had it, with links to the programme."""
    described = yaml.safe_load((SAMPLES / "conference.yaml").read_text(encoding="utf-8"))
    parts = [
        f"<h1>{html.escape(described['title']['de'])}</h1>",
        "<p>28. – 30. Juni 2017, Krasnodar</p>",
        f"<p>Motto: „{html.escape(described['motto']['de'])}“</p>",
        *(f"<p>{html.escape(text)}</p>" for text in described["description"]["de"].split("\n\n")),
    ]
    parts.append(f"<h2>{FOLDERS[LINKED]}</h2>")
    for document in sorted(described["documents"], key=lambda each: str(each["path"])):
        folder, _, name = str(document["path"]).partition("/")
        if folder == LINKED and name.endswith(".pptx"):
            url, words = f"{FOLDERS[folder]}/{name}", str(document["title"])
            parts.append(f"<p><a href='{html.escape(url)}'>{html.escape(words)}</a></p>")
    return f"<!doctype html><html lang='de'><meta charset='utf-8'><body>{''.join(parts)}</body></html>"


def _manifest(path: Path) -> None:
    """Write a table that describes three files, and one that is not there."""
    energy, programme = FOLDERS["energieeffizienz"], FOLDERS["programm"]
    rows = [
        ("Pfad", "Titel", "Zugang", "Übersetzung von"),
        (f"{programme}/Protokoll Arbeitsgruppe 2.odt", "Protokoll der Arbeitsgruppe 2", "intern", ""),
        (f"{energy}/01 Теплоснабжение и модернизация зданий.pptx", "", "", f"{energy}/{DECK}"),
        (f"{energy}/02_Bürgerbeteiligung und Wärmekarte.pptx", "", "2018-01-01", ""),
        (f"{energy}/04 Windkraft.pptx", "Windkraft", "", ""),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
