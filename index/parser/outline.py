"""The outline: where in a document the next paragraph stands, and the fragment that says so.

Part (``B.``), annex (``AN1.``) and section (``II.``) come before the number of a paragraph, the
labels of sub-paragraphs after it: ``B.OP3.a.1``. Numbers that are missing, repeated or printed
backwards are told in the warnings.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fihris.index.frozen import frozen
from fihris.index.parser.numbering import Label, LabelKind
from fihris.index.parser.units import Addresses
from fihris.index.resolution import ParagraphKind


@frozen
class Place:
    """Where a paragraph stands; the entries are those of the model's paragraph."""

    fragment: str
    kind: ParagraphKind
    number: int | None = None
    chapeau: str | None = None


@dataclass(slots=True)
class _Run:
    """A run of numbered paragraphs: the operative part of a resolution (part), or an annex."""

    kind: ParagraphKind
    stem: str
    prefix: str = ""
    count: int = 0
    section: str = ""
    section_count: int = 0

    @property
    def head(self) -> str:
        """What a fragment of this run begins with, before its number."""
        return f"{self.prefix}{self.stem}"

    def advance(self, number: int) -> None:
        """Take *number* as the last one given."""
        self.count = number
        self.section_count += 1


class Outline:
    """Gives every paragraph its place, in reading order.

    Each method that names a kind of paragraph counts one on and returns its :class:`Place`; those
    that open a division begin its counts anew.
    """

    def __init__(self, addresses: Addresses, warnings: list[str]) -> None:
        self._addresses = addresses
        self._warnings = warnings
        self._part = ""
        self._annex = ""
        self._annexes = 0
        self._annex_numbered = False
        self._unnumbered = 0
        self._formulas = 0
        self._preambular = 0
        self._headings = 0
        self._after_the_end = 0
        self._shown: Counter[str] = Counter()
        self._run = _Run(ParagraphKind.OPERATIVE, "OP")
        self._base: str | None = None
        self._levels: list[tuple[LabelKind, str]] = []

    @property
    def in_annex(self) -> bool:
        """Whether the last division that opened is an annex."""
        return bool(self._annex)

    @property
    def has_formula(self) -> bool:
        """Whether an enacting formula stands above, in the part that is being read."""
        return self._formulas > 0

    @property
    def opens_preamble(self) -> bool:
        """Whether the enacting formula of this part stands above, and nothing preambular yet."""
        return self.has_formula and self._preambular == 0

    @property
    def has_ended(self) -> bool:
        """Whether text was already found after the closing lines."""
        return self._after_the_end > 0

    @property
    def last_number(self) -> int:
        """The last number of the run of numbered paragraphs, 0 before the first."""
        return self._run.count

    @property
    def last_listed_number(self) -> int | None:
        """The last number of the numbered list inside the paragraph, None outside of one."""
        inner = [int(value) for kind, value in self._levels if kind is LabelKind.NUMBER]
        return inner[-1] if inner else None

    # Divisions.

    def open_part(self, letter: str) -> None:
        """Begin a part of a resolution, which counts everything anew."""
        self._annex = ""
        self._part = f"{letter}."
        self._formulas = self._preambular = 0
        self._begin(_Run(ParagraphKind.OPERATIVE, "OP", self._part))

    def open_annex(self, number: str, *, numbered: bool) -> Place:
        """Begin an annex; *number* is empty where none is printed.

        *numbered* tells that paragraphs with numbers follow in it.
        """
        self._annexes += 1
        fragment = f"AN{number or self._annexes}"
        self._annex = f"{fragment}."
        self._annex_numbered = numbered
        self._unnumbered = 0
        self._begin(_Run(ParagraphKind.ANNEX, "P", self._annex))
        return self._claim(fragment, ParagraphKind.HEADING)

    def open_section(self, number: str) -> None:
        """Begin a section, which bears its number only where paragraphs count anew in it."""
        self._run.section = number
        self._run.section_count = 0

    def _begin(self, run: _Run) -> None:
        self._run = run
        self._headings = 0
        self._base, self._levels = None, []

    # Lines that are no paragraphs.

    def formula(self) -> Place:
        """Return the place of an enacting formula."""
        self._formulas += 1
        return self._claim(f"{self._part}E{self._formulas}", ParagraphKind.ENACTING)

    def heading(self) -> Place:
        """Return the place of a heading."""
        self._headings += 1
        prefix = self._run.prefix if self.in_annex else self._part
        return self._claim(f"{prefix}H{self._headings}", ParagraphKind.HEADING)

    def shown(self, kind: ParagraphKind) -> Place:
        """Return the place of a line that is kept for display: of a vote, or any other."""
        letter = "V" if kind is ParagraphKind.VOTE else "M"
        self._shown[letter] += 1
        return self._claim(f"{letter}{self._shown[letter]}", kind)

    def after_the_end(self) -> Place:
        """Return the place of text that follows the closing lines."""
        self._after_the_end += 1
        return self._claim(f"p{self._after_the_end}", ParagraphKind.PROVISION)

    # Paragraphs.

    def preambular(self) -> Place:
        """Return the place of the next preambular paragraph."""
        self._preambular += 1
        fragment = f"{self._part}PP{self._preambular}"
        return self._paragraph(fragment, ParagraphKind.PREAMBULAR, self._preambular)

    def operative(self) -> Place:
        """Return the place of an operative paragraph that bears no number: the next in order."""
        run = self._run
        run.advance(run.count + 1)
        return self._paragraph(f"{run.head}{run.count}", ParagraphKind.OPERATIVE, run.count)

    def numbered(self, printed: int, line: int) -> Place:
        """Return the place of a paragraph that bears the number *printed*, on *line*."""
        run = self._run
        number = self._settled(printed, line)
        run.advance(number)
        return self._paragraph(f"{run.head}{number}", run.kind, number)

    def unnumbered_in_annex(self) -> Place:
        """Return the place of a paragraph of an annex that bears no number."""
        self._unnumbered += 1
        # Unnumbered text between numbered paragraphs must not take their numbers.
        stem = "U" if self._annex_numbered else "P"
        fragment = f"{self._run.prefix}{stem}{self._unnumbered}"
        return self._paragraph(fragment, ParagraphKind.ANNEX)

    def sub_paragraph(self, label: Label) -> Place | None:
        """Return the place of a sub-paragraph: below the last label of a higher level.

        None where no paragraph stands above that it could belong to.
        """
        if self._base is None:
            return None
        previous = "0"
        kinds = [kind for kind, _ in self._levels]
        if label.kind in kinds:
            level = kinds.index(label.kind)
            previous = self._levels[level][1]
            del self._levels[level:]
        value = str(int(previous) + 1) if label.kind is LabelKind.BULLET else label.value
        parent = ".".join((self._base, *(above for _, above in self._levels)))
        self._levels.append((label.kind, value))
        return self._claim(
            f"{parent}.{value}",
            ParagraphKind.SUB,
            int(value) if value.isdigit() else None,
            parent if parent in self._addresses else self._base,
        )

    def _settled(self, printed: int, line: int) -> int:
        """Return the number that *printed* means, and tell what is odd about it."""
        run = self._run
        expected = run.count + 1
        if printed == expected:
            return printed
        # Old conversions print Arabic-Indic digits in the wrong order: 21 for 12.
        if expected > 9 and str(printed)[::-1] == str(expected):
            self._warnings.append(
                f"The number {printed} on line {line} reads {expected} backwards; "
                f"it was taken as {expected}."
            )
            return expected
        if printed == 1 and run.section and run.section_count == 0 and run.count > 0:
            run.prefix = f"{self._annex or self._part}{run.section}."
        else:
            self._warnings.append(
                f"Paragraph {run.head}{printed} stands where {run.head}{expected} was expected "
                f"(line {line})."
            )
        return printed

    def _paragraph(self, fragment: str, kind: ParagraphKind, number: int | None = None) -> Place:
        """Return the place of a paragraph that may bear sub-paragraphs."""
        place = self._claim(fragment, kind, number)
        self._base, self._levels = place.fragment, []
        return place

    def _claim(
        self,
        fragment: str,
        kind: ParagraphKind,
        number: int | None = None,
        chapeau: str | None = None,
    ) -> Place:
        return Place(self._addresses.claim(fragment), kind, number, chapeau)
