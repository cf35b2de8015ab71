"""Web pages saved as a mail (``.mht``): the page itself, without its pictures, for the HTML reader.

The form is that of RFC 2557; browsers and Word write the page as the first part of type HTML.
"""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

from fihris.index.errors import SourceMalformed
from fihris.index.sources.blocks import SourceText
from fihris.index.sources.files import Form
from fihris.index.sources.html import read_html
from fihris.index.sources.raw import RawDocument


def read_mhtml(raw: RawDocument) -> SourceText:
    """Return the text of a saved page.

    Raises SourceMalformed when there is no page in it, or none that shows text.
    """
    mail = email.message_from_bytes(raw.content, policy=email.policy.compat32)
    for part in mail.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                page = _in_utf8(page, part.get_content_charset())
                return read_html(replace(raw, form=Form.HTML, content=page))
    fact = "is a saved web page without a page in it."
    raise SourceMalformed(raw.file.path, fact, "Save the page anew, as HTML.")


def _in_utf8(page: bytes, charset: str | None) -> bytes:
    """Return *page* in UTF-8 with a byte order mark, where the mail names its encoding."""
    try:
        return page if charset is None else page.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return page
