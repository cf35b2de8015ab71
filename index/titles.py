"""Titles for reading: on one line, in letters that every font has and every search box takes.

The title unit of a document keeps the author's spelling; what is made here stands beside it.
"""

from __future__ import annotations

import re
import unicodedata

_PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
# Soft hyphen, tatweel, zero-width and bidi controls, word joiner, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def readable_title(title: str) -> str:
    r"""Return *title* with presentation forms written out, without invisible characters.

    >>> readable_title("حالة \ufc32\n الـواحات")
    'حالة في الواحات'
    """
    # An isolated vowel mark decomposes into a blank and the mark; the blank is not the author's.
    written = _PRESENTATION_FORM.sub(
        lambda form: unicodedata.normalize("NFKC", form[0]).strip(" "), title
    )
    return " ".join(_INVISIBLE.sub("", written).split())
