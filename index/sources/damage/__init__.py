"""Damage: what goes wrong with Arabic on its way into a file, found, and mended where that is safe.

A detector must stay silent on sound texts, whatever their spelling: ligatures that an author's
program wrote, words without hamza, lists with letters. A repair is made where the letters prove
it, or where it makes a known word of an unknown one; all else is told, or the document refused.
"""

from fihris.index.sources.damage.mending import Mended, MendedText, mend, mend_text
from fihris.index.sources.damage.numbers import missing_numbers
from fihris.index.sources.damage.telling import refuse_damaged, sentence

__all__ = [
    "Mended",
    "MendedText",
    "mend",
    "mend_text",
    "missing_numbers",
    "refuse_damaged",
    "sentence",
]
