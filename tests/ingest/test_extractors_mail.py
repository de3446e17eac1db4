from __future__ import annotations

import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.extraction import DamagedError, EncryptedError, Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of


def read(path: Path, content: bytes) -> Extraction:
    place = path / "a.eml"
    place.write_bytes(content)
    assert media_type_of(place) == FORMATS["eml"]
    return extract(place, FORMATS["eml"])


def mail(subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Анна Пример <anna@example.org>"
    message["To"] = "berta@example.org"
    message["Date"] = "Wed, 28 Jun 2017 10:00:00 +0300"
    message["X-Wrong"] = "wrongheader"
    message.set_content(text)
    return message


def test_a_mail_is_read_with_what_people_read_of_its_head(tmp_path: Path) -> None:
    message = mail("AW: Re: Programm der Tagung – Änderungen", "Grüße aus Köln\n\nText")
    message.add_alternative("<p>wronghtml</p>", subtype="html")
    message.add_attachment(b"wrongpdf", "application", "pdf", filename="a.pdf")
    message.add_attachment(mail("Weitergeleitet", "innerword"))
    extraction = read(tmp_path, message.as_bytes())
    assert [page.text.split("\n") for page in extraction.pages] == [
        [
            "AW: Re: Programm der Tagung – Änderungen",
            "From: Анна Пример <anna@example.org>",
            "To: berta@example.org",
            "Date: Wed, 28 Jun 2017 10:00:00 +0300",
            "Grüße aus Köln",
            "",
            "Text",
        ],
        [
            "Weitergeleitet",
            "From: Анна Пример <anna@example.org>",
            "To: berta@example.org",
            "Date: Wed, 28 Jun 2017 10:00:00 +0300",
            "innerword",
        ],
    ]
    assert extraction.title == "Programm der Tagung – Änderungen"
    assert extraction.creators == ("Анна Пример",)
    assert extraction.skipped == ("Embedded files that were not read: 1.",)
    assert extraction.counts["contacts"] == 4


def test_a_web_page_is_read_where_there_is_no_plain_text(tmp_path: Path) -> None:
    message = mail("Einladung", " ")
    message.add_alternative("<h1>Einladung</h1><nav>menuword</nav><p>Text</p>", subtype="html")
    assert read(tmp_path, message.as_bytes()).pages[0].text.endswith("\nEinladung\nmenuword\nText")


def test_bytes_without_an_encoding_are_read_as_they_are(tmp_path: Path) -> None:
    content = (
        "Subject: Программа конференции городов\nFrom: a@example.org\n\nОткрытие конференции в зале мэрии\n"
    )
    extraction = read(tmp_path, content.encode("koi8-r"))
    assert extraction.title == "Программа конференции городов"
    assert "Открытие конференции" in extraction.pages[0].text


def test_protected_mails_are_told(tmp_path: Path) -> None:
    head = b"From: a@example.org\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n"
    with pytest.raises(EncryptedError):
        read(tmp_path, head)
    with pytest.raises(DamagedError):
        read(tmp_path, b"\n\nno head\n")


def multiparts(depth: int) -> bytes:
    head = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    return b"".join(head % (each, each) for each in range(depth))


def test_mails_in_mails_without_end_are_bounded(tmp_path: Path) -> None:
    started_at = time.process_time()
    extraction = read(tmp_path, b"Subject: deep word\n" + multiparts(100) + b"\ndeep\n")
    assert extraction.pages[0].text.startswith("deep word")
    assert extraction.skipped == ("Embedded files that were not read: 1.",)
    with pytest.raises(DamagedError):
        read(tmp_path, b"Subject: deep word\n" + multiparts(3000))
    assert time.process_time() - started_at < 20


def test_a_plain_form_that_only_points_to_the_other_is_left_for_it(tmp_path: Path) -> None:
    message = mail("Programm", "Diese Nachricht hat nur HTML.")
    message.add_alternative(f"<p>{'Fernwärme in Krasnodar ' * 20}</p>", subtype="html")
    assert "Fernwärme in Krasnodar" in read(tmp_path, message.as_bytes()).pages[0].text


def test_files_beside_a_form_that_is_not_read_are_counted(tmp_path: Path) -> None:
    message = mail("Programm", "Programm anbei")
    message.add_alternative("<p>Programm anbei</p>", subtype="html")
    form = message.get_payload(1)
    assert isinstance(form, EmailMessage)
    form.add_related(b"png", "image", "png")
    form.add_attachment(b"pdf", "application", "pdf", filename="a.pdf")
    extraction = read(tmp_path, message.as_bytes())
    assert extraction.pages[0].text.endswith("Programm anbei")
    assert extraction.skipped == ("Embedded files that were not read: 1.",)
