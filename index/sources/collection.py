"""Collections: a JSONL file, one document on each line; see ``docs/jsonl.md`` for the schema.

A line is read in two steps: :func:`read_lines` gives each as a raw document with its checksum, so
that an unchanged line costs nothing more; :func:`parse_record` makes a record of one.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

from fihris.index.addresses import document_address
from fihris.index.characters import whole_characters
from fihris.index.errors import SourceError, SourceMalformed
from fihris.index.frozen import frozen
from fihris.index.sources.entries import Entry
from fihris.index.sources.files import UNPACKING_ERRORS, Form, unpacking_fault, unreadable
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.refusal import Refusal

#: Bytes. The largest law of a national collection has about one million.
MAX_LINE_BYTES = 64 * 1024 * 1024
# Bytes of a line that is too long, after which its end is no longer looked for: a small packed
# file can hold a line that takes hours to pass over.
_LONGEST_PASSED_OVER = 1024**3

_BOM = b"\xef\xbb\xbf"
_FIX_LINE = "Correct the line; the schema is in docs/jsonl.md."
_FIX_FILE = "Write one JSON object on each line, in UTF-8; the schema is in docs/jsonl.md."


@frozen
class Provision:
    """A provision as the collection gives it; its text is never blank, its ``ref`` may be."""

    ref: str
    text: str


@frozen
class CollectionRecord:
    """A document of a collection, checked; ``warnings`` tell what had to be mended."""

    id: str
    title: str
    provisions: tuple[Provision, ...]
    date: str = ""
    organ: str = ""
    session: str = ""
    symbol: str = ""
    warnings: tuple[str, ...] = ()


def read_lines(entry: Entry) -> Iterator[RawDocument | Refusal]:
    """Yield the lines of *entry* that are not blank, and a refusal where one cannot be read.

    What comes before damage in a packed file is read; the damage is refused with the number of
    the line that it begins in.
    """
    number = 0
    file, member = entry.file, entry.member
    try:
        with entry.open() as source:
            for number, content in enumerate(_lines(source.stream), start=1):
                if number == 1 and content is not None:
                    content = content.removeprefix(_BOM)
                    fault = _no_collection(content)
                    if fault:
                        yield Refusal(file.path, None, fault, _FIX_FILE, member)
                        return
                if content is None:
                    reason = f"is longer than {MAX_LINE_BYTES // 1024**2} MiB."
                    yield Refusal(file.path, number, reason, "Split the document.", member)
                elif content and not content.isspace():
                    yield RawDocument(
                        file=file,
                        form=Form.COLLECTION,
                        content=content,
                        sha256=hashlib.sha256(content).hexdigest(),
                        name="",
                        position=source.position,
                        member=member,
                        line=number,
                    )
    except UNPACKING_ERRORS as error:
        reason = f"cannot be unpacked from here on ({unpacking_fault(error)})."
        yield Refusal(file.path, number + 1, reason, "Fetch or pack the file again.", member)
    except SourceError as error:
        yield Refusal.of(error, member)
    except OSError as error:
        yield Refusal.of(unreadable(file.path, error), member)


def _lines(stream: io.BufferedIOBase) -> Iterator[bytes | None]:
    """Yield each line without its end, None for one that is too long to be held."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        if len(line) > MAX_LINE_BYTES:
            passed = 0
            while line and not line.endswith(b"\n"):
                passed += len(line)
                if passed > _LONGEST_PASSED_OVER:
                    raise EOFError("a line has no end")
                line = stream.readline(MAX_LINE_BYTES)
            yield None
        else:
            yield line.rstrip(b"\r\n")


def _no_collection(first_line: bytes) -> str | None:
    """Say why a file that begins with *first_line* cannot be a collection at all."""
    if b"\0" in first_line or first_line.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "is no JSONL in UTF-8 (it is binary or in UTF-16)."
    if first_line.lstrip().startswith(b"["):
        return "holds one JSON array, not one JSON object on each line."
    if first_line.strip() == b"{":
        return "spreads an object over several lines, where each line should hold a whole one."
    return None


def parse_record(line: RawDocument) -> CollectionRecord:
    """Return the document on *line*. Keys that the schema does not name are ignored.

    Raises SourceMalformed when the line is no JSON object or breaks the schema.
    """
    try:
        record = json.loads(line.content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _malformed(line, f"is not valid UTF-8 (byte {error.start + 1}).") from error
    except (ValueError, RecursionError) as error:
        raise _malformed(line, f"is not valid JSON ({error}).") from error
    if not isinstance(record, dict):
        raise _malformed(line, "is JSON, but no object.")
    warnings: list[str] = []
    name = record.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str):
        raise _malformed(line, '"id" is missing, or neither a text nor a whole number.')
    try:
        address = document_address(name)
    except ValueError as error:
        raise _malformed(line, f'"id" {error}.') from error
    provisions = _provisions(line, record.get("provisions"), warnings)
    title = _text(line, record, "title", warnings)
    if not provisions and not title:
        raise _malformed(line, "has neither a title nor a provision with text.")
    if isinstance(record.get("date"), int) and not isinstance(record["date"], bool):
        record["date"] = str(record["date"])
    return CollectionRecord(
        id=address,
        title=title,
        provisions=provisions,
        date=_text(line, record, "date", warnings),
        organ=_text(line, record, "organ", warnings),
        session=_text(line, record, "session", warnings),
        symbol=_text(line, record, "symbol", warnings),
        warnings=tuple(warnings),
    )


def _provisions(line: RawDocument, listed: Any, warnings: list[str]) -> tuple[Provision, ...]:
    if not isinstance(listed, list):
        raise _malformed(line, '"provisions" is missing or no list.')
    provisions: list[Provision] = []
    blank = 0
    for ordinal, provision in enumerate(listed, start=1):
        if not isinstance(provision, dict):
            raise _malformed(line, f"provision {ordinal} is no object.")
        ref = provision.get("ref")
        if isinstance(ref, int) and not isinstance(ref, bool):
            provision["ref"] = str(ref)
        where = f"provision {ordinal}: "
        text = _text(line, provision, "text", warnings, where)
        if text:
            provisions.append(Provision(_text(line, provision, "ref", warnings, where), text))
        else:
            blank += 1
    if blank:
        warnings.append(f"{blank} provisions without text were left out.")
    if not provisions:
        warnings.append("The document has a title and no provisions.")
    return tuple(provisions)


def _text(
    line: RawDocument, record: dict[str, Any], key: str, warnings: list[str], where: str = ""
) -> str:
    """Return the text under *key* without the blanks around it, empty where there is none."""
    text = record.get(key)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise _malformed(line, f'{where}"{key}" is no text.')
    try:
        text.encode()
    except UnicodeEncodeError:
        whole = whole_characters(text)
        if "\ufffd" in whole and "\ufffd" not in text:
            warnings.append(f'{where}"{key}" held half a surrogate pair, now written U+FFFD.')
        text = whole
    return text.strip()


def _malformed(line: RawDocument, fact: str) -> SourceMalformed:
    return SourceMalformed(line.file.path, fact, _FIX_LINE, line.line)
