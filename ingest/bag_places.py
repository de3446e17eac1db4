"""What lies where in a bag that `export` writes, and how to know one.

    data/conference.json                        the record of the conference
    data/documents.csv                          one row a document
    data/documents/ID/record.json               the record of a document, with its versions and files
    data/documents/ID/dublincore.xml            the same in Dublin Core, as far as that goes
    data/documents/ID/text.txt                  what was read of the current version; form feeds part pages
    data/documents/ID/notes.txt                 its speaker notes and comments, if it has any, page by page
    data/documents/ID/originals/VERSION/NAME    the files as received

Source: RFC 8493 (BagIt 1.0), section 2.1.1 Bag Declaration.
"""

from __future__ import annotations

from pathlib import Path

RECORD, CONFERENCE, DOCUMENTS, TABLE = "record.json", "conference.json", "documents", "documents.csv"
DUBLIN_CORE, TEXT, NOTES, ORIGINALS = "dublincore.xml", "text.txt", "notes.txt", "originals"
"""What is called how in a bag."""


def is_bag(path: Path) -> bool:
    """Tell whether a folder looks like a bag that `export` wrote."""
    return (path / "bagit.txt").is_file() and (path / "data" / CONFERENCE).is_file()
