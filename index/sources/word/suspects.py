"""Files called ``.docx`` that are none: told from their first bytes, each with its own remedy."""

from __future__ import annotations

from dataclasses import dataclass

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK"
_BEGINNING = 512  # bytes


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a file is instead of a Word file, and what to do about it."""

    fact: str
    remedy: str


_BEGINNINGS = (
    (b"{\\rtf", "is an RTF file by content.", "Rename it to end in .rtf."),
    (b"%PDF", "is a PDF file by content.", "Rename it to end in .pdf."),
    (b"<", "is a web page or XML by content.", "Rename it to end in .html, or save it as .docx."),
)


def say_what_it_is(content: bytes) -> Suspicion | None:
    """Return what *content* is when it cannot be a Word file; None when it may be one."""
    if content.startswith(_ZIP):
        return None
    if not content:
        return Suspicion("is empty.", "Leave it out, or fetch it again.")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            remedy = "Open it in Word with its password and save it without one."
            return Suspicion("is encrypted with a password.", remedy)
        remedy = "Rename it to end in .doc, or open it in Word and save it as .docx."
        return Suspicion("is a Word file of the old form (.doc) by content.", remedy)
    beginning = content[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, fact, remedy in _BEGINNINGS:
        if beginning.startswith(start):
            return Suspicion(fact, remedy)
    return Suspicion(
        "is no Word file, or its beginning is damaged.", "Fetch it again, or save it as .docx."
    )
