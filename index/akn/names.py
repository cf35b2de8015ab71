"""Names in Akoma Ntoso: of elements, of the parts of a document, and of documents."""

from __future__ import annotations

import re
from urllib.parse import quote

from lxml import etree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_STEMS = {
    "AN": "att",
    "E": "formula",
    "FN": "fn",
    "H": "heading",
    "M": "line",
    "OP": "para",
    "P": "para",
    "PP": "recital",
    "U": "unnumbered",
    "V": "vote",
    "p": "prov",
}
_STEP = re.compile(r"(?P<stem>AN|E|FN|H|M|OP|PP|P|U|V|p)(?P<number>\d+(?:~\d+)*)")
_PART = re.compile(r"[A-Z]")
_SECTION = re.compile(r"[IVXLC]+")
_NOT_IN_NAMES = re.compile(r"\s+")


def child(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """Add the element *tag* to *parent*; ``class_`` and ``as_`` stand for reserved words."""
    written = {key.rstrip("_"): value for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", written)


def element_id(fragment: str) -> str:
    """Return the ``eId`` of the unit *fragment*, by the naming convention of Akoma Ntoso.

    >>> element_id("B.OP8.c.2"), element_id("AN1.P2")
    ('part_B__para_8__point_c__point_2', 'att_1__para_2')
    """
    steps: list[str] = []
    for place, step in enumerate(fragment.split(".")):
        known = _STEP.fullmatch(step)
        if known:
            steps.append(f"{_STEMS[known['stem']]}_{known['number']}")
        elif place == 0 and _PART.fullmatch(step):
            steps.append(f"part_{step}")
        elif place < 2 and _SECTION.fullmatch(step):
            steps.append(f"sec_{step}")
        else:
            steps.append(f"point_{_NOT_IN_NAMES.sub('-', step)}")
    return "__".join(steps)


def symbol_iri(symbol: str) -> str:
    """Return the name of a document of which no more than the symbol is known.

    >>> symbol_iri("S/RES/1325(2000)")
    '/akn/un/symbol/S/RES/1325(2000)'
    """
    return f"/akn/un/symbol/{quote(symbol, safe='/().-*')}"
