"""XML from strangers: parsed without entities, without a network, and within bounds.

Formats that texts come in need none of what makes XML dangerous: no entity of their own, no
outside file, no depth. A document that declares entities is refused, so that none is ever looked
up or multiplied.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from lxml import etree

from fihris.index.errors import SourceMalformed
from fihris.index.sources.raw import RawDocument

#: Bytes. The longest single documents of the parallel corpora have some five million.
MAX_XML_BYTES = 16 * 1024 * 1024

#: What every parser here is made with. The parser itself bounds depth (256) and single texts.
SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

_REMEDY = "Export the document again, or open it in the program it comes from and save it as text."


def parse_xml(raw: RawDocument) -> etree._Element:
    """Return the root element of *raw*.

    Raises SourceMalformed when it is no well-formed XML, is too large or too deep, or declares
    entities.
    """
    path = raw.file.path
    if len(raw.content) > MAX_XML_BYTES:
        fact = f"is larger than {MAX_XML_BYTES // 1024**2} MiB, too large for one document."
        raise SourceMalformed(path, fact, "Split it into its documents.")
    # In UTF-16 every second byte is a NUL.
    if b"<!ENTITY" in raw.content.replace(b"\0", b""):
        raise declares_entities(path)
    try:
        root: etree._Element = etree.fromstring(raw.content, etree.XMLParser(**SAFELY))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise not_well_formed(path, error) from error
    check_entities(path, root)
    return root


def check_entities(path: Path, root: etree._Element) -> None:
    """Raise SourceMalformed when the document under *root* declares entities."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise declares_entities(path)


def not_well_formed(path: Path, error: Exception) -> SourceMalformed:
    """Return the error for a file that the parser gave up on."""
    line = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
    return SourceMalformed(path, f"is not well-formed XML ({error}).", _REMEDY, line or None)


def declares_entities(path: Path) -> SourceMalformed:
    """Return the error for a file that would have the reader expand entities."""
    return SourceMalformed(path, "declares XML entities, which are never expanded.", _REMEDY)


def local_name(element: etree._Element) -> str:
    """Return the tag of *element* without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def language_of(element: etree._Element) -> str:
    """Return the language that *element* declares, in small letters: ``ar``, ``ar-eg``, or none."""
    declared = element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("lang")
    return (declared or "").strip().lower().replace("_", "-")


def is_arabic(language: str) -> bool:
    """Tell whether a language code is one of Arabic, in any region.

    >>> is_arabic("ar-ma"), is_arabic("ara"), is_arabic("arn")
    (True, True, False)
    """
    return language.partition("-")[0] in ("ar", "ara", "arb", "arabic")


def text_of(element: etree._Element) -> str:
    """Return all text inside *element*, with single blanks; known entities become characters."""
    return " ".join(html.unescape("".join(map(str, element.itertext()))).split())
