"""Columns: the forms of a whole text, put together from what each chunk of it gives.

This is what indexing spends its time on, and it waits for memory more than for anything else. So
what a chunk gives to every column is kept as one short run of bytes, in which each column has an
alphabet of its own: a text is a list of chunks, one look at a memo for each, and *one* joining;
leaving out all alphabets but one then gives a column. Texts and words whose characters stand in no
alphabet are rare, and their columns are joined one by one.

What spans several chunks (``730 1``, ``1325 (2000)``, two stop words) is looked for only where the
codes of chunks, a column like the others, tell that it may stand.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from fihris.index.analysis.memo import Memo
from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.readings import Reading, find_readings
from fihris.index.analysis.stop_pairs import stop_pairs
from fihris.index.analysis.tokens import AnalyzedText, ChunkFields
from fihris.index.resolution import SourceKind

# Chunks that are remembered at most.
_MEMO_SIZE = 1 << 18
# Texts that are remembered at most, and how many characters the longest of them may have. Where a
# document changes, most of its paragraphs do not, and some wordings are those of hundreds.
_TEXTS = 1 << 12
_LONGEST_TEXT = 1000

# The end of a line is a chunk of its own: no reading runs over it, but stop words are neighbours.
_LINE_END = "n"
_CODES = f"012abcxyz{_LINE_END}"
# What find_readings is asked about, and where two stop words may be neighbours.
_READING_WINDOW = re.compile("[12bcyz]{2,}|[2cz]")
_STOP_WINDOW = re.compile(f"[abcxyz]{_LINE_END}*[abcxyz][abcxyz{_LINE_END}]*|[xyz]")
# The same where no chunk makes a window alone, as in most texts. A pattern that begins with a set
# of characters passes over all others many times as fast.
_LONG_READING_WINDOW = re.compile("[1b][1b]+")
_LONG_STOP_WINDOW = re.compile(f"[abc]{_LINE_END}*[abc][abc{_LINE_END}]*")
_ALONE = re.compile("[2cxyz]")

# One byte for each character of most texts: ASCII in its place, white space where ``bytes.split``
# knows it, and all else wherever there is room. A line break becomes a chunk, so the byte of its
# stands for no character.
_UNUSED = "\ufffe"
_BREAK = b"\x01"
_OTHERS = "".join(
    (
        "«»°·×÷±§©®",
        "".join(map(chr, range(0x0621, 0x063B))),  # Arabic letters
        "".join(map(chr, range(0x0640, 0x0653))),  # tatweel, letters, vowel marks
        "".join(map(chr, range(0x0660, 0x066E))),  # Arabic digits and signs of numbers
        "\u060c\u061b\u061f\u0653\u0654\u0655\u0670\u0671",  # punctuation, rare marks
        "پچژڤکگی\u06d4",
        "".join(map(chr, range(0x06F0, 0x06FA))),  # Persian digits
        # Spaces without width, controls of direction, a soft hyphen.
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\ufeff\u00ad",
        "–—‘’“”„•…‰€",
        "¼½¾¹²³",
    )
)
_PLAIN_LETTERS = "".join(map(chr, (*range(0x0621, 0x063B), *range(0x0641, 0x064B))))
# Vowel marks, and tatweel, which is a dash behind a digit alone.
_DROPPED = "\u0640" + "".join(map(chr, range(0x064B, 0x0653)))
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»\u060c\u061b\u061f"
# U+00A0 and U+202F are white space, too, so they take the bytes of a vertical tab and a form feed.
_WHITE_SPACE = {9: "\t", 10: "\n", 11: "\u00a0", 12: "\u202f"}


def _page() -> str:
    """Return the character of each byte of a text, the first of them NUL, as codecs want it."""
    page = [_UNUSED] * 256
    page[0x20:0x7F] = map(chr, range(0x20, 0x7F))
    page[0] = "\0"
    for byte, char in _WHITE_SPACE.items():
        page[byte] = char
    free = (byte for byte in range(2, 256) if page[byte] == _UNUSED and byte != 13)
    for byte, char in zip(free, _OTHERS, strict=False):
        page[byte] = char
    return "".join(page)


_END_OF_LINE = ChunkFields("", "", "", _LINE_END)


class _Alphabet:
    """The bytes of one column in a row: those of *characters*, from the byte *first* on."""

    def __init__(self, characters: str, first: int) -> None:
        self.end = first + len(characters)
        page = "\0" + _UNUSED * (first - 1) + characters
        self._page = page.ljust(256, _UNUSED)
        self._encoding = codecs.charmap_build(self._page)
        self._foreign = bytes(set(range(256)) - set(range(first, self.end)))

    def row(self, column: str) -> bytes:
        """Return what a chunk gives to the column. Raises UnicodeEncodeError."""
        return codecs.charmap_encode(column, "strict", self._encoding)[0]

    def column(self, rows: bytes) -> bytes:
        """Return the bytes of the column among all that *rows* hold."""
        return rows.translate(None, self._foreign)

    def text(self, column: bytes) -> str:
        """Return the text of a *column*."""
        return codecs.charmap_decode(column, "strict", self._page)[0]


class _Alphabets:
    """The page of texts and the alphabets of rows."""

    def __init__(self) -> None:
        self.page = _page()
        self.encoding = codecs.charmap_build(self.page)
        folded = {char for one in self.page if one != _UNUSED for char in fold_text(f"ا{one}ب")}
        letters = " " + "".join(sorted(filter(str.isalnum, folded)))
        self.exact = _Alphabet(letters, 1)
        self.stem = _Alphabet(letters, self.exact.end)
        self.family = _Alphabet(letters, self.stem.end)
        self.codes = _Alphabet(_CODES, self.family.end)

        # A chunk of plain letters folds letter by letter, and only what surrounds it is no word.
        self._dropped = bytes(map(self.page.index, _DROPPED))
        self._around = bytes(map(self.page.index, _PUNCTUATION))
        self._plain = bytes(map(self.page.index, _PLAIN_LETTERS))
        self._folding = bytes(
            self.page.index(fold_text(char)) if char in _PLAIN_LETTERS else byte
            for byte, char in enumerate(self.page)
        )

    def plain_word(self, chunk: bytes) -> bytes:
        """Return the folded word which is all of the words in *chunk*; empty when none is plain."""
        word = chunk.translate(self._folding, self._dropped).strip(self._around)
        return word if not word.translate(None, self._plain) else b""

    def row(self, fields: ChunkFields) -> bytes:
        """Return the row of a chunk. Raises UnicodeEncodeError when it has foreign characters."""
        return (
            self.exact.row(fields.exact)
            + self.stem.row(fields.stem)
            + self.family.row(fields.family)
            + self.codes.row(fields.code)
        )


class Columns:
    """Puts the columns of texts together; *fields_of* tells what a chunk gives to each."""

    def __init__(self, fields_of: Callable[[str], ChunkFields]) -> None:
        self._fields_of = fields_of
        self._alphabets = _Alphabets()
        self._row_of = Memo(self._make_row, _MEMO_SIZE).__getitem__
        self._odd_fields_of = Memo(self._fields_of_odd, _MEMO_SIZE >> 2).__getitem__
        self._forms_of = Memo(self._analyze, _TEXTS).__getitem__
        self._readings = lru_cache(maxsize=_MEMO_SIZE >> 2)(find_readings)
        # By the rows of a window, which are made already where it is found.
        self._pairs_of = Memo(self._make_pairs, _MEMO_SIZE >> 2).__getitem__

    def analyze(self, text: str, source_kind: SourceKind) -> AnalyzedText:
        """Return the forms of *text* as the index stores them."""
        if len(text) > _LONGEST_TEXT:
            return self._analyze((text, source_kind))
        return self._forms_of((text, source_kind))

    def _analyze(self, asked: tuple[str, SourceKind]) -> AnalyzedText:
        text, source_kind = asked
        page = self._alphabets
        try:
            encoded = codecs.charmap_encode(text, "strict", page.encoding)[0]
            chunks = encoded.replace(b"\n", b" \1 ").split()
            rows = list(map(self._row_of, chunks))
        except UnicodeEncodeError:
            return self._analyze_odd(text, source_kind)
        joined = b"".join(rows)
        codes = page.codes.text(page.codes.column(joined))
        pairs = [
            self._pairs_of(b"".join(rows[slice(*window.span())])) for window in _stop_windows(codes)
        ]
        alias = [
            reading
            for window in _reading_windows(codes)
            for reading in self._readings(
                self._decoded(b" ".join(chunks[slice(*window.span())])), source_kind
            )
        ]
        return AnalyzedText(
            page.exact.text(page.exact.column(joined)[:-1]),
            page.stem.text(page.stem.column(joined)[:-1]),
            page.family.text(page.family.column(joined)[:-1]),
            _terms(alias),
            " ".join(filter(None, pairs)),
        )

    def _analyze_odd(self, text: str, source_kind: SourceKind) -> AnalyzedText:
        """Return the forms of a *text* that has characters which no alphabet has."""
        chunks = [chunk for line in text.split("\n") for chunk in (*line.split(), "\n")]
        exact, stem, family, every_code = zip(*map(self._odd_fields_of, chunks), strict=True)
        codes = "".join(every_code)
        alias = [
            reading
            for window in _reading_windows(codes)
            for reading in self._readings(" ".join(chunks[slice(*window.span())]), source_kind)
        ]
        return AnalyzedText(
            "".join(exact)[:-1],
            "".join(stem)[:-1],
            "".join(family)[:-1],
            _terms(alias),
            " ".join(stop_pairs("".join(exact).split())),
        )

    def _make_row(self, chunk: bytes) -> bytes:
        word = self._alphabets.plain_word(chunk)
        if word and word != chunk:
            return self._row_of(word)
        fields = _END_OF_LINE if chunk == _BREAK else self._fields_of(self._decoded(chunk))
        return self._alphabets.row(fields)

    def _fields_of_odd(self, chunk: str) -> ChunkFields:
        return _END_OF_LINE if chunk == "\n" else self._fields_of(chunk)

    def _make_pairs(self, rows: bytes) -> str:
        exact = self._alphabets.exact
        return " ".join(stop_pairs(exact.text(exact.column(rows)).split()))

    def _decoded(self, chunks: bytes) -> str:
        return codecs.charmap_decode(chunks, "strict", self._alphabets.page)[0]


def _reading_windows(codes: str) -> Iterable[re.Match[str]]:
    """Return the windows of neighbouring chunks which may have readings."""
    if _ALONE.search(codes):
        return _READING_WINDOW.finditer(codes)
    # Asked first, for it takes a tenth of the time, and few texts have any.
    if "11" in codes or "1b" in codes or "b1" in codes or "bb" in codes:
        return _LONG_READING_WINDOW.finditer(codes)
    return ()


def _stop_windows(codes: str) -> Iterable[re.Match[str]]:
    """Return the windows of chunks in which stop words are neighbours."""
    return (_STOP_WINDOW if _ALONE.search(codes) else _LONG_STOP_WINDOW).finditer(codes)


def _terms(readings: list[Reading]) -> str:
    return " ".join([term for reading in readings for term in reading.terms])
