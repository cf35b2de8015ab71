"""Telling: a finding as one sentence for people."""

from __future__ import annotations

from fihris.index.errors import SourceMalformed
from fihris.index.sources.finding import Damage, Finding, Outcome
from fihris.index.sources.raw import RawDocument

_REPAIRED = {
    Damage.PRESENTATION_FORMS: "{count} written in shapes of letters {was} written in letters",
    Damage.SWAPPED_LIGATURES: "{count} with swapped ligatures {was} repaired",
    Damage.REVERSED: "The text was stored backwards and was turned around; it has {count}",
    Damage.LATIN_LOOKALIKES: "{count} with look-alike letters of another alphabet {was} repaired",
    Damage.PERSIAN_LETTERS: "{count} with Persian letters {was} written in Arabic ones",
}
_FOUND = {
    Damage.PRESENTATION_FORMS: "{count} {is_} written in shapes of letters",
    Damage.SWAPPED_LIGATURES: "{count} may have swapped ligatures that were not repaired",
    Damage.REVERSED: "The text is stored backwards; it has {count}",
    Damage.KASHIDA: "Lines are stretched with repeated letters, in {count}, and letters are lost",
    Damage.LATIN_LOOKALIKES: "{count} {has} look-alike letters of another alphabet",
    Damage.PERSIAN_LETTERS: "{count} {has} Persian letters",
    Damage.MISSING_NUMBERS: "{count} {has} no number and {was} counted",
}


def sentence(finding: Finding) -> str:
    """Return *finding* in one sentence, with its sample.

    >>> sentence(Finding(Damage.PERSIAN_LETTERS, Outcome.REPAIRED, 1, "فی"))
    '1 word with Persian letters was written in Arabic ones, as in «فی».'
    """
    one = finding.count == 1
    noun = "operative paragraph" if finding.damage is Damage.MISSING_NUMBERS else "word"
    told = _REPAIRED if finding.outcome is Outcome.REPAIRED else _FOUND
    said = told[finding.damage].format(
        count=f"{finding.count:,} {noun}{'' if one else 's'}",
        was="was" if one else "were",
        is_="is" if one else "are",
        has="has" if one else "have",
    )
    return f"{said}, as in «{finding.sample}»." if finding.sample else f"{said}."


def refuse_damaged(raw: RawDocument, refusal: Finding | None) -> None:
    """Raise SourceMalformed when there is damage for which *raw* cannot be indexed honestly."""
    if refusal is not None:
        said = sentence(refusal)
        fact = f"{refusal.damage.value}: {said[0].lower()}{said[1:]}"
        raise SourceMalformed(raw.file.path, fact, refusal.remedy)
