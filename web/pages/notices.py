"""What the engine says of a query, in the language of the page.

The engine speaks English sentences. Each is found by its twin in ``texts/interface.json``; one that
is not there is shown as it is, for saying it in English is better than not saying it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

from fihris.web.links import Language
from fihris.web.texts import Texts, isolate, read_table

_PREFIX = "notice."
_PLACE = re.compile(r"\\\{(\d)\\\}")


def notice_html(notice: str, texts: Texts) -> Markup:
    """Return *notice*, a sentence of the engine, in the language of *texts*."""
    for pattern, key in _patterns():
        found = pattern.fullmatch(notice)
        if found is not None:
            return texts.show(key, **{str(at): one for at, one in enumerate(found.groups())})
    return isolate(notice)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return a pattern for each sentence, those with the most words of their own first."""
    twins = {
        key: text[Language.ENGLISH]
        for key, text in read_table("interface").items()
        if key.startswith(_PREFIX)
    }
    by_length = sorted(twins, key=lambda key: len(_without_places(twins[key])), reverse=True)
    return tuple(
        (re.compile(_PLACE.sub("(.+)", re.escape(twins[key])), re.DOTALL), key) for key in by_length
    )


def _without_places(sentence: str) -> str:
    return re.sub(r"\{\d\}", "", sentence)
