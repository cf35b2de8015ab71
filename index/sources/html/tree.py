"""The tree of a page: parsing it within bounds, and what of it is text that a reader sees."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from fihris.index.errors import SourceMalformed
from fihris.index.sources.raw import RawDocument

#: Elements inside one another. Pages that never close a tag reach some hundreds.
MAX_DEPTH = 2_000

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu "
    "ol p pre section summary table tbody td tfoot th thead tr ul".split()
)

# What the head of a page may hold.
_METADATA = frozenset("base link meta noscript script style template title".split())

_UNSEEN = frozenset(
    "applet audio button canvas del embed frame head iframe input map math nav noembed noframes "
    "noscript object script select style svg template textarea title video xml".split()
)
_NAVIGATION_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
# Names that sites give to what surrounds a text; a class or an id is one of them, whole: the text
# itself may stand in a "has-sidebar".
_NAVIGATION = re.compile(
    r"(?:(?:main|top|side|left|right|foot|site|page|global|primary|secondary|lang(?:uage)?)[-_]?)?"
    r"(?:nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|skip[-_]?(?:link|nav)|cookies?)"
    r"(?:[-_]?(?:bar|container|wrapper|list|block|notice))?",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*comment",
    re.IGNORECASE,
)
# The sign of a comment in a page that Word saved.
_COMMENT_SIGN = "msocomanchor"
# Page heads and feet that belong to a site, when they stand outside the text itself.
_SITE_PARTS = frozenset({"header", "footer", "aside"})


def parse_page(raw: RawDocument, text: str) -> etree._Element:
    """Return the root of the page *text*; the parser mends whatever is wrong with it.

    Raises SourceMalformed when it holds no element, or nests them deeper than any page does.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_pis=True, remove_comments=True, huge_tree=True
    )
    # NUL and half surrogates are no characters of a page, and the parser stops at them.
    content = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise _malformed(raw, f"cannot be read as HTML ({error}).") from error
    if root is None:
        raise _malformed(raw, "holds no element of HTML.")
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise _malformed(raw, f"nests more than {MAX_DEPTH:,} elements in one another.")
    _end_head(root)
    return root


def _end_head(root: etree._Element) -> None:
    """Move what is no metadata from the head of the page under *root* to the start of its body.

    A page need not write the tags of head and body. Browsers then begin the body at the first
    element that can stand only there; the parser, which is older than ``article`` and
    ``section``, goes on with the head.
    """
    head = root.find("head")
    strays = [] if head is None else [one for one in head if one.tag not in _METADATA]
    if not strays:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    if body.text:
        strays[-1].tail = (strays[-1].tail or "") + body.text
        body.text = None
    body[:0] = strays


def _malformed(raw: RawDocument, fact: str) -> SourceMalformed:
    remedy = "Open the page in a browser and save it again, or save its text."
    return SourceMalformed(raw.file.path, fact, remedy)


def is_page_head(element: etree._Element) -> bool:
    """Tell whether *element* is the head or foot of a printed page, as LibreOffice saves it."""
    return element.tag == "div" and element.get("title") in ("header", "footer")


def is_unseen(element: etree._Element, *, within_text: bool) -> bool:
    """Tell whether a reader of the page does not see *element*, or sees it beside the text.

    Scripts and styles, what is hidden or deleted, and the navigation of a site. *within_text*
    tells that the element stands in an article, whose own head belongs to it.
    """
    tag = element.tag
    if tag in _UNSEEN:
        return True
    if tag in _SITE_PARTS and not within_text:
        return True
    attributes = element.attrib
    if not attributes or tag in ("html", "body"):
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("role") in _NAVIGATION_ROLES:
        return True
    if _hides(attributes.get("style", "")):
        return True
    if attributes.get("class") == _COMMENT_SIGN:
        return True
    return _names_navigation(attributes.get("class", "")) or _names_navigation(
        attributes.get("id", "")
    )


@lru_cache(maxsize=1024)
def _hides(style: str) -> bool:
    return _HIDDEN_STYLE.search(style) is not None


@lru_cache(maxsize=1024)
def _names_navigation(name: str) -> bool:
    return any(_NAVIGATION.fullmatch(word) for word in name.split())
