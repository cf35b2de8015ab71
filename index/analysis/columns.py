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

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from fihris.index.analysis.memo import MEMO_SIZE, Memo
from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.readings import Reading, find_readings
from fihris.index.analysis.stop_pairs import stop_pairs
from fihris.index.analysis.tokens import AnalyzedText, ChunkFields
from fihris.index.code_page import UNUSED, CodePage
from fihris.index.resolution import SourceKind
from fihris.index.stored_text import PAGE

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

# The byte of the chunk that a line break becomes; it stands for no character.
_BREAK = b"\x01"
_PLAIN_LETTERS = "".join(map(chr, (*range(0x0621, 0x063B), *range(0x0641, 0x064B))))
# Vowel marks, and tatweel, which is a dash behind a digit alone.
_DROPPED = "\u0640" + "".join(map(chr, range(0x064B, 0x0653)))
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»\u060c\u061b\u061f"
# U+00A0 and U+202F are white space, too, so they take the bytes of a vertical tab and a form feed.
_WHITE_SPACE = {9: "\t", 10: "\n", 11: "\u00a0", 12: "\u202f"}
_CARRIAGE_RETURN = 13

_END_OF_LINE = ChunkFields("", "", "", _LINE_END)


class _Alphabet(CodePage):
    """The bytes of one column in a row: those of *characters*, from the byte *first* on."""

    def __init__(self, characters: str, first: int) -> None:
        super().__init__("\0" + UNUSED * (first - 1) + characters)
        self.end = first + len(characters)
        self._foreign = bytes(set(range(256)) - set(range(first, self.end)))

    def column(self, rows: bytes) -> bytes:
        """Return the bytes of the column among all that *rows* hold."""
        return rows.translate(None, self._foreign)


class _Alphabets:
    """The page of texts and the alphabets of rows."""

    def __init__(self) -> None:
        self.page = _text_page()
        byte_of = self.page.characters.index
        folded = {
            letter
            for char in self.page.characters
            if char != UNUSED
            for letter in fold_text(f"ا{char}ب")
        }
        letters = " " + "".join(sorted(filter(str.isalnum, folded)))
        self.exact = _Alphabet(letters, 1)
        self.stem = _Alphabet(letters, self.exact.end)
        self.family = _Alphabet(letters, self.stem.end)
        self.codes = _Alphabet(_CODES, self.family.end)

        # A chunk of plain letters folds letter by letter, and only what surrounds it is no word.
        self._dropped = bytes(map(byte_of, _DROPPED))
        self._around = bytes(map(byte_of, _PUNCTUATION))
        self._plain = bytes(map(byte_of, _PLAIN_LETTERS))
        self._folding = bytes(
            byte_of(fold_text(char)) if char in _PLAIN_LETTERS else byte
            for byte, char in enumerate(self.page.characters)
        )

    def plain_word(self, chunk: bytes) -> bytes:
        """Return the folded word which is all of the words in *chunk*; empty when none is plain."""
        word = chunk.translate(self._folding, self._dropped).strip(self._around)
        return word if not word.translate(None, self._plain) else b""

    def row(self, fields: ChunkFields) -> bytes:
        """Return the row of a chunk. Raises UnicodeEncodeError when it has foreign characters."""
        return (
            self.exact.encode(fields.exact)
            + self.stem.encode(fields.stem)
            + self.family.encode(fields.family)
            + self.codes.encode(fields.code)
        )


def _text_page() -> CodePage:
    """Return the page of texts, in which ``bytes.split`` knows white space.

    ASCII is in its place. All else of the page of stored texts is wherever there is room, but for
    letters with accents, for which the alphabets have none.
    """
    page = [UNUSED] * 256
    page[0] = "\0"
    page[0x20:0x7F] = map(chr, range(0x20, 0x7F))
    for byte, char in _WHITE_SPACE.items():
        page[byte] = char
    others = (
        char
        for char in PAGE
        if char not in page and not (char.isalpha() and "\u00c0" <= char <= "\u00ff")
    )
    free = (byte for byte in range(2, 256) if page[byte] == UNUSED and byte != _CARRIAGE_RETURN)
    for byte, char in zip(free, others, strict=False):
        page[byte] = char
    return CodePage("".join(page))


class Columns:
    """Puts the columns of texts together; *fields_of* tells what a chunk gives to each."""

    def __init__(self, fields_of: Callable[[str], ChunkFields]) -> None:
        self._fields_of = fields_of
        self._alphabets = _Alphabets()
        self._row_of = Memo(self._make_row, MEMO_SIZE).__getitem__
        self._odd_fields_of = Memo(self._fields_of_odd, MEMO_SIZE >> 2).__getitem__
        self._forms_of = Memo(self._analyze, _TEXTS).__getitem__
        self._readings = lru_cache(maxsize=MEMO_SIZE >> 2)(find_readings)
        # By the rows of a window, which are made already where it is found.
        self._pairs_of = Memo(self._make_pairs, MEMO_SIZE >> 2).__getitem__

    def analyze(self, text: str, source_kind: SourceKind) -> AnalyzedText:
        """Return the forms of *text* as the index stores them."""
        if len(text) > _LONGEST_TEXT:
            return self._analyze((text, source_kind))
        return self._forms_of((text, source_kind))

    def _analyze(self, asked: tuple[str, SourceKind]) -> AnalyzedText:
        text, source_kind = asked
        alphabets = self._alphabets
        try:
            chunks = alphabets.page.encode(text).replace(b"\n", b" \1 ").split()
            rows = list(map(self._row_of, chunks))
        except UnicodeEncodeError:
            return self._analyze_odd(text, source_kind)
        joined = b"".join(rows)
        codes = alphabets.codes.decode(alphabets.codes.column(joined))
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
            alphabets.exact.decode(alphabets.exact.column(joined)[:-1]),
            alphabets.stem.decode(alphabets.stem.column(joined)[:-1]),
            alphabets.family.decode(alphabets.family.column(joined)[:-1]),
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
        return " ".join(stop_pairs(exact.decode(exact.column(rows)).split()))

    def _decoded(self, chunks: bytes) -> str:
        return self._alphabets.page.decode(chunks)


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
