"""Conversion: files through LibreOffice, many in one start, for the start is what costs.

What hangs it or brings it down is found out, refused, and costs the other files nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fihris.index.errors import SourceError, SourceMalformed, SourceUnreadable
from fihris.index.sources.office.program import (
    PATIENCE,
    PROGRAM_VARIABLE,
    Office,
    find_office,
    never,
)
from fihris.index.sources.raw import RawDocument

#: Bytes of a result; a text of this size has no place in an index of resolutions.
MAX_RESULT_BYTES = 64 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"
# LibreOffice's filters, tried in this order. Left to itself it opens what is damaged as plain text.
_FILTERS = {
    ".doc": ("MS Word 97", "MS Word 95"),
    ".rtf": ("Rich Text Format",),
    ".odt": ("writer8",),
}
#: What any LibreOffice that works can convert.
_PROBE = b"{\\rtf1 a}"
_SAVE_AS_DOCX = "Open it in a word processor and save it as .docx."


class OfficeBroken(Exception):
    """LibreOffice is there and converts nothing at all."""


def convert_to_docx(
    raws: Sequence[RawDocument],
    patience: float = PATIENCE,
    stopped: Callable[[], bool] = never,
) -> Iterator[tuple[RawDocument, bytes | SourceError]]:
    """Yield each of *raws*, in order, with its text as a ``.docx`` file, or why there is none.

    What no word processor wrote, by its first bytes and not by its name, is refused and never
    reaches LibreOffice, which would open anything. *patience* and *stopped* are those of
    :class:`Office`; what was not converted when it was stopped is refused.
    """
    program = find_office()
    office = None if program is None else Office(program, patience, stopped)
    with tempfile.TemporaryDirectory(prefix="fihris-office-", ignore_cleanup_errors=True) as folder:
        files: dict[int, Path] = {}
        for place, raw in enumerate(raws):
            suffix = _suffix(raw.content)
            if suffix is not None:
                # A name that says nothing of where it came from, and needs no quoting.
                files[place] = Path(folder, f"{place}{suffix}")
                files[place].write_bytes(raw.content)
        broken = False
        made: dict[Path, Path] = {}
        if office is not None:
            try:
                _convert_each_kind(list(files.values()), Path(folder, "docx"), office, made)
            except OfficeBroken:
                broken = True
        for place, raw in enumerate(raws):
            if place not in files:
                yield raw, _foreign(raw)
            elif office is None:
                yield raw, _office_missing(raw)
            elif broken and files[place] not in made:
                yield raw, _office_broken(raw, office)
            else:
                yield raw, _result(raw, made.get(files[place]))


def _convert_each_kind(
    files: list[Path], folder: Path, office: Office, made: dict[Path, Path]
) -> None:
    """Fill *made* with what comes of *files*, each opened by the filters of its kind alone."""
    for kind, filters in _FILTERS.items():
        waiting = [file for file in files if file.suffix == kind]
        for name in filters:
            made |= convert_files(waiting, "docx", folder, office, name)
            waiting = [file for file in waiting if file not in made]


def convert_files(
    files: Sequence[Path], target: str, folder: Path, office: Office, source_filter: str = ""
) -> dict[Path, Path]:
    """Convert *files* into *folder*, and return what came of each that succeeded.

    *target* and *source_filter* are those of :meth:`Office.convert`. When LibreOffice hangs or
    ends before its time, the file that it was at is tried once more by itself, and the others go
    on. Raises OfficeBroken when it turns out that it would not convert anything.
    """
    made: dict[Path, Path] = {}
    batches = [list(files)] if files else []
    while batches and not office.stopped():
        batch = batches.pop(0)
        ended = office.convert(batch, target, folder, source_filter)
        results = {file: folder / f"{file.stem}.{target.partition(':')[0]}" for file in batch}
        done = {file: result for file, result in results.items() if result.is_file()}
        made |= done
        missing = [file for file in batch if file not in done]
        if ended or not missing or office.stopped():
            continue
        if not made and not _works(office) and not office.stopped():
            raise OfficeBroken
        if len(batch) > 1:
            batches += [part for part in (missing[:1], missing[1:]) if part]
    return made


def _works(office: Office) -> bool:
    """Tell whether LibreOffice converts a file that is above suspicion."""
    with tempfile.TemporaryDirectory(prefix="fihris-probe-", ignore_cleanup_errors=True) as folder:
        probe = Path(folder, "probe.rtf")
        probe.write_bytes(_PROBE)
        office.convert([probe], "docx", Path(folder, "docx"))
        return Path(folder, "docx", "probe.docx").is_file()


def _suffix(content: bytes) -> str | None:
    """Return the suffix that fits *content*, None when it is none of LibreOffice's."""
    if content.startswith(_OLE):
        return ".doc"
    if content[:100].lstrip().startswith(_RTF):
        return ".rtf"
    if content.startswith(_ZIP) and _OPEN_DOCUMENT in content[:200]:
        return ".odt"
    return None


def _foreign(raw: RawDocument) -> SourceMalformed:
    fact = "is no document of a word processor."
    return SourceMalformed(raw.file.path, fact, "Fetch it again, or save it as .docx.")


def _office_missing(raw: RawDocument) -> SourceUnreadable:
    return SourceUnreadable(
        raw.file.path,
        "can only be read with LibreOffice, which was not found.",
        f"Install LibreOffice, or save the file as .docx; {PROGRAM_VARIABLE} names the program "
        "where it stands in an unusual place.",
    )


def _office_broken(raw: RawDocument, office: Office) -> SourceUnreadable:
    return SourceUnreadable(
        raw.file.path,
        f"can only be read with LibreOffice, and {office.program} converts nothing at all.",
        "Install LibreOffice again, or save the file as .docx.",
    )


def _result(raw: RawDocument, made: Path | None) -> bytes | SourceError:
    if made is None:
        return SourceMalformed(
            raw.file.path,
            "cannot be opened by LibreOffice (damaged, encrypted, or too much for it).",
            _SAVE_AS_DOCX,
        )
    if made.stat().st_size > MAX_RESULT_BYTES:
        fact = f"is larger than {MAX_RESULT_BYTES // 1024**2} MiB as .docx."
        return SourceMalformed(raw.file.path, fact, _SAVE_AS_DOCX)
    return made.read_bytes()
