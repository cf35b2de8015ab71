"""What a detector of damage found in the text of a source, and what was done about it."""

from __future__ import annotations

from enum import StrEnum

from fihris.index.frozen import frozen


class Damage(StrEnum):
    """A way in which the text of a document goes wrong on its way into a file."""

    PRESENTATION_FORMS = "presentation forms"
    SWAPPED_LIGATURES = "swapped ligatures"
    REVERSED = "reversed text"
    KASHIDA = "kashida garbage"
    LATIN_LOOKALIKES = "Latin look-alikes"
    PERSIAN_LETTERS = "Persian letters"
    MISSING_NUMBERS = "missing paragraph numbers"


class Outcome(StrEnum):
    """What became of damage: mended, left as it is and told, or the reason of a refusal."""

    REPAIRED = "repaired"
    REPORTED = "reported"
    REFUSED = "refused"


@frozen
class Finding:
    """Damage of one kind: ``count`` words (or numbers) of it, with a ``sample`` as it was found.

    ``remedy`` says what a person can do, and is empty where nothing needs to be done.
    """

    damage: Damage
    outcome: Outcome
    count: int
    sample: str
    remedy: str = ""
