"""The specimens in every form that people hold them in, and what each reader makes of them.

::

    python3 scripts/make_formats.py FOLDER [--specimen NAME …] [--text FILE …] [--form pdf …]
                                           [--kept] [--compare] [--speed]

Each form goes into a subfolder of its own. The ``.docx`` are our own work (``word_writer.py``), and
LibreOffice, which must be installed, makes the others of them. ``--text`` takes in texts of your
own beside the specimens, ``--kept`` makes nothing anew. ``--compare`` parses each file and its
original and prints a table of what differs, form by form; it ends with 1 when a form is beneath
its floor.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fihris.index.analysis import fold
from fihris.index.documents import read_document
from fihris.index.errors import SourceError
from fihris.index.resolution import Paragraph, ParagraphKind, Resolution
from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.office import Office, convert_files, convert_to_docx, find_office
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.readers import OFFICE_FORMS, read_source
from fihris.index.specimens import specimens_folder
from scripts.word_writer import write_docx

#: The forms that LibreOffice makes, each with its name of the filter.
OFFICE_FILTERS = {
    Form.DOC: "doc:MS Word 97",
    Form.ODT: "odt",
    Form.RTF: "rtf:Rich Text Format",
    Form.PDF: "pdf:writer_pdf_Export",
    Form.HTML: "html:HTML (StarWriter)",
    Form.TEXT: "txt:Text (encoded):UTF8",
}

#: The share of words that must arrive, by form. LibreOffice leaves notes out of plain text and
#: prints masthead cells one below the other; nobody is promised anything of it.
FLOORS = {
    Form.DOCX: 0.995,
    Form.DOC: 0.995,
    Form.ODT: 0.995,
    Form.RTF: 0.995,
    Form.HTML: 0.995,
    Form.PDF: 0.98,
}
#: The first round fills memos and loads tables; the best one is told.
ROUNDS = 5
_KEEPS_LABELS = frozenset({Form.DOCX, Form.DOC, Form.ODT, Form.RTF})
_METADATA = (
    "kind title symbol symbol_derived organ number part session session_dates agenda_items "
    "agenda_title adopted_on meeting adoption change"
).split()
_WORD = re.compile(r"\w+")
# LibreOffice numbers with 1, 2, 3 in RTF what Word numbers there with Arabic letters, format 48.
_LOST_LETTERS = re.compile(
    rb"\\levelnfc0(\\leveljc\d\\levelstartat1\S*\{\\leveltext \\'03\(\\'01\))"
)
# Conversions write a lone heh in either way, and a dash with blanks or without.
_LABEL_NOISE = re.compile("[\\s\u0640]")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a form changed of a document.

    ``metadata`` names the fields that differ, ``outline`` says in short how the paragraphs do.
    ``words`` of the original's were counted, and ``lost`` of them did not arrive.
    """

    name: str
    form: Form
    metadata: tuple[str, ...] = ()
    outline: str = ""
    words: int = 0
    lost: int = 0
    refused: str = ""

    @property
    def share(self) -> float:
        """The share of words that arrived, from 0 to 1."""
        return 0.0 if self.refused else 1 - self.lost / max(1, self.words)

    @property
    def is_beneath_its_floor(self) -> bool:
        """Whether this is more than the form may change."""
        floor = FLOORS.get(self.form)
        return floor is not None and bool(self.metadata or self.outline or self.share < floor)


def main(arguments: Sequence[str]) -> int:
    """Write the files, and measure what is asked for; 1 when a form is beneath its floor."""
    parser = argparse.ArgumentParser(prog="make_formats.py", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the subfolders are made")
    parser.add_argument("--specimen", action="append", default=[], help="only this one, by stem")
    parser.add_argument("--text", action="append", default=[], type=Path, help="a text beside them")
    parser.add_argument("--form", action="append", default=[], help="only this one, by suffix")
    parser.add_argument("--kept", action="store_true", help="the folder holds the files already")
    parser.add_argument("--compare", action="store_true", help="print what each form changes")
    parser.add_argument("--speed", action="store_true", help="print how fast .docx are read")
    asked = parser.parse_args(arguments)
    originals = read_originals([*specimen_paths(asked.specimen), *asked.text])
    wanted = {f".{suffix.lstrip('.')}" for suffix in asked.form}
    filters = {
        form: name for form, name in OFFICE_FILTERS.items() if not wanted or form.value in wanted
    }
    if not asked.kept:
        write_word_files(originals, asked.folder)
        program = find_office()
        if program is None:
            print("LibreOffice was not found: only .docx were written.", file=sys.stderr)
            filters = {}
        else:
            convert_all(asked.folder, filters, Office(program))
    if asked.speed:
        print(_speed(asked.folder / "docx"))
    if not asked.compare:
        return 0
    forms = [*([] if wanted and ".docx" not in wanted else [Form.DOCX]), *filters]
    differences = [found for form in forms for found in compare(originals, asked.folder, form)]
    print(table(differences))
    return int(any(found.is_beneath_its_floor for found in differences))


def specimen_paths(stems: Sequence[str] = ()) -> list[Path]:
    """Return the specimens called *stems*, all of them when none is named."""
    paths = sorted(specimens_folder().glob("*.txt"))
    return [path for path in paths if not stems or path.stem in stems]


def read_originals(paths: Sequence[Path]) -> dict[str, Resolution]:
    """Return the parsed texts at *paths* by the stem of their names."""
    return {path.stem: read_document(raw_document(path, Form.TEXT)).document for path in paths}


def write_word_files(originals: dict[str, Resolution], folder: Path) -> None:
    """Write each of *originals* as ``folder/docx/NAME.docx``."""
    target = folder / "docx"
    target.mkdir(parents=True, exist_ok=True)
    for name, document in originals.items():
        (target / f"{name}.docx").write_bytes(write_docx(document))


def convert_all(folder: Path, filters: dict[Form, str], office: Office) -> None:
    """Make the other forms of ``folder/docx/*.docx``, each in its subfolder."""
    files = sorted((folder / "docx").glob("*.docx"))
    for form, name in filters.items():
        made = convert_files(files, name, folder / form.value.lstrip("."), office)
        if form is Form.RTF:
            for path in made.values():
                path.write_bytes(_LOST_LETTERS.sub(rb"\\levelnfc48\1", path.read_bytes()))


def read_folder(folder: Path, form: Form) -> Iterator[tuple[str, Resolution | SourceError]]:
    """Yield what is parsed from each file of ``folder/FORM``, by the stem of its name."""
    raws = [
        raw_document(path, form)
        for path in sorted((folder / form.value.lstrip(".")).glob(f"*{form.value}"))
    ]
    if form in OFFICE_FORMS:
        for raw, converted in convert_to_docx(raws):
            if isinstance(converted, SourceError):
                yield raw.file.path.stem, converted
            else:
                yield raw.file.path.stem, _read(replace(raw, content=converted))
    else:
        for raw in raws:
            yield raw.file.path.stem, _read(raw)


def raw_document(path: Path, form: Form) -> RawDocument:
    """Return the file at *path* as a document of *form* that was not read yet."""
    content = path.read_bytes()
    file = SourceFile(path.resolve(), path.name, form, len(content), 0)
    digest = hashlib.sha256(content).hexdigest()
    return RawDocument(file, form, content, digest, path.stem, len(content))


def _read(raw: RawDocument) -> Resolution | SourceError:
    try:
        return read_document(raw).document
    except SourceError as error:
        return error


def compare(originals: dict[str, Resolution], folder: Path, form: Form) -> list[Difference]:
    """Return, for each of *originals*, what its file of *form* under *folder* changed."""
    read = dict(read_folder(folder, form))
    missing = "no such file was made."
    return [
        difference(name, form, original, read.get(name, missing))
        for name, original in originals.items()
    ]


def difference(
    name: str, form: Form, original: Resolution, read: Resolution | SourceError | str
) -> Difference:
    """Return what differs between *original* and what was *read* in another form."""
    if not isinstance(read, Resolution):
        return Difference(name, form, refused=getattr(read, "reason", str(read)))
    metadata = tuple(
        field
        for field in _METADATA
        if _plain(getattr(original, field)) != _plain(getattr(read, field))
    )
    wanted = Counter(word for unit in _compared(original) for word in words_of(unit.text))
    found = Counter(word for unit in _compared(read) for word in words_of(unit.text))
    return Difference(
        name=name,
        form=form,
        metadata=metadata,
        outline=_outline_difference(_outline(original, form), _outline(read, form)),
        words=wanted.total(),
        lost=max((wanted - found).total(), (found - wanted).total()),
    )


def words_of(text: str) -> list[str]:
    """Return the words of *text* as they are matched, whatever their code points."""
    return _WORD.findall(fold(text).text)


def _plain(field: object) -> list[str]:
    """Return what a field says, whatever the code points: a PDF knows no ligatures of letters."""
    return words_of(str(field))


def _compared(document: Resolution) -> list[Paragraph]:
    """Return the paragraphs; masthead and closing lines are compared as metadata."""
    shown = (ParagraphKind.META, ParagraphKind.VOTE)
    return [unit for unit in document.paragraphs if unit.kind not in shown]


def _outline(document: Resolution, form: Form) -> list[str]:
    """Return what each paragraph is; a list in a web page keeps its numbers and not their look."""
    return [
        f"{unit.kind} {unit.fragment} {unit.number or ''} {len(unit.notes)} notes"
        + (f" {_LABEL_NOISE.sub('', fold(unit.label).text)}" if form in _KEEPS_LABELS else "")
        for unit in _compared(document)
    ]


def _outline_difference(wanted: list[str], found: list[str]) -> str:
    """Say where two outlines part; empty when they are the same."""
    for place, (one, other) in enumerate(zip(wanted, found, strict=False)):
        if one != other:
            return f"unit {place}: {other!r}, not {one!r}"
    if len(wanted) != len(found):
        return f"{len(found)} units, not {len(wanted)}"
    return ""


def table(differences: Sequence[Difference]) -> str:
    """Return a Markdown table with a row for each form, and below it what went wrong where."""
    lines = [
        "| form | files | refused | metadata differ | outline differs | words arrived | least |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for form in dict.fromkeys(found.form for found in differences):
        rows = [found for found in differences if found.form is form]
        total = sum(found.words for found in rows)
        lost = sum(found.lost for found in rows)
        lines.append(
            f"| `{form.value}` | {len(rows)} | {sum(bool(found.refused) for found in rows)} "
            f"| {sum(bool(found.metadata) for found in rows)} "
            f"| {sum(bool(found.outline) for found in rows)} "
            f"| {1 - lost / max(1, total):.2%} | {min(found.share for found in rows):.2%} |"
        )
    for found in differences:
        told = [found.refused, ", ".join(found.metadata), found.outline]
        if found.lost:
            told.append(f"{found.lost} of {found.words} words")
        if any(told):
            about = "; ".join(part for part in told if part)
            lines.append(f"\n{found.name}{found.form.value}: {about}")
    return "\n".join(lines)


def _speed(folder: Path) -> str:
    """Return how many of the Word files in *folder* a core reads and parses in a second."""
    raws = [raw_document(path, Form.DOCX) for path in sorted(folder.glob("*.docx"))]
    if not raws:
        return "There is no .docx to be read."
    reading = min(_seconds(read_source, raws) for _ in range(ROUNDS)) / len(raws)
    whole = min(_seconds(read_document, raws) for _ in range(ROUNDS)) / len(raws)
    return (
        f"{1 / whole:.0f} .docx a second and core: {reading * 1000:.1f} ms to read one, "
        f"{(whole - reading) * 1000:.1f} ms to mend and parse it"
    )


def _seconds(read: Callable[[RawDocument], object], raws: Sequence[RawDocument]) -> float:
    """Return the processor's time for a round, for others may be using the machine as well."""
    started = time.process_time()
    for raw in raws:
        read(raw)
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
