"""The markup of Word files: names of elements and attributes, and how a part becomes a tree.

Every part comes from a stranger: no entity is expanded, nothing is fetched, and depth and length
are bounded by libxml2's own limits.
"""

from __future__ import annotations

from functools import cache

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

#: The namespaces of the strict variant (ISO/IEC 29500), each with the one everybody writes.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATIONS.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _MATH.encode()),
)
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATION_ID = f"{{{_RELATIONS}}}id"
MATH_TEXT = f"{{{_MATH}}}t"
ALTERNATE = f"{{{_COMPATIBILITY}}}AlternateContent"
CHOICE = f"{{{_COMPATIBILITY}}}Choice"
FALLBACK = f"{{{_COMPATIBILITY}}}Fallback"


class BrokenPart(Exception):
    """A part of a package cannot be used; the message is a fact that continues "the file …"."""


@cache
def word(name: str) -> str:
    """Return the full name of a Word element or attribute: ``word("p")``."""
    return f"{{{WORD}}}{name}"


VAL = word("val")
ID = word("id")


def parse_part(content: bytes, name: str) -> etree._Element:
    """Return the root element of the part *name*.

    Raises BrokenPart when it is no well-formed XML, or declares entities as no Word file does.
    """
    if any(doctype in content for doctype in _DOCTYPES):
        raise BrokenPart(f"declares a document type in {name}, as no Word file does.")
    if b"purl.oclc.org/ooxml" in content:
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenPart(f"has a damaged part ({name}: {error}).") from error
    if root.getroottree().docinfo.doctype:
        raise BrokenPart(f"has a part that is no Word markup ({name}).")
    return root


def child(parent: etree._Element | None, *path: str) -> etree._Element | None:
    """Return what lies below *parent* on a path of Word names, None where a step is missing."""
    found = parent
    for name in path:
        if found is None:
            return None
        found = next(found.iterchildren(word(name)), None)
    return found


def value(parent: etree._Element | None, *path: str) -> str | None:
    """Return the ``w:val`` of the element on a path of Word names below *parent*."""
    found = child(parent, *path)
    return None if found is None else found.get(VAL)


def number(parent: etree._Element | None, *path: str) -> int | None:
    """Return the ``w:val`` on a path as a whole number; None where it is missing or is none."""
    return whole(value(parent, *path))


def whole(written: str | None) -> int | None:
    """Return a number as written in an attribute; None where it is none, or beyond all reason."""
    if written is None or len(written) > 10:
        return None
    try:
        return int(written)
    except ValueError:
        return None


def is_on(switch: etree._Element | None) -> bool:
    """Tell whether a property such as ``w:vanish`` is there and is not switched off."""
    return switch is not None and switch.get(VAL) not in ("0", "false", "off")
