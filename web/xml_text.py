"""XML that any parser takes, whatever characters a document or a query brought."""

from __future__ import annotations

import re
from xml.etree import ElementTree

# What XML 1.0 has no way to write (section 2.2, "Char").
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    r"""Return *text* with U+FFFD for each character that XML cannot hold.

    >>> xml_text("a\x00b\n")
    'a\ufffdb\n'
    """
    return _FORBIDDEN.sub("\ufffd", text)


def xml_body(root: ElementTree.Element) -> bytes:
    """Return the document *root* as it is sent."""
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body
