"""Scripts: the files of an index once more as JavaScript, for pages that may not fetch.

A page that was opened from a disk (``file://``) may load scripts from beside it, and nothing else.
So each file gets a twin with ``.js`` behind its name, which hands the very bytes to the widget, in
base64: a third larger.
"""

from __future__ import annotations

import base64
from pathlib import Path

from fihris.web.shards.output import former_name, numbered_files
from fihris.web.shards.writer import DICTIONARY, DOCUMENTS, ROOT, SERIES, TABLES

SUFFIX = ".js"


def write_scripts(folder: Path) -> tuple[int, int]:
    """Write the twin of each file of the index in *folder*; return how many, and their bytes.

    One that holds its file already is left alone, and one whose file is gone is removed.
    """
    names = [folder / name for name in (ROOT, DOCUMENTS, TABLES, DICTIONARY)]
    for part in SERIES:
        names += numbered_files(folder / part)
    size = 0
    for path in names:
        text = script_of(path.relative_to(folder).as_posix(), path.read_bytes())
        size += len(text)
        twin = path.with_name(path.name + SUFFIX)
        if not (twin.exists() and twin.read_bytes() == text):
            unfinished = twin.with_name(twin.name + ".new")
            unfinished.write_bytes(text)
            unfinished.replace(twin)
    for twin in _twins(folder):
        if not twin.with_suffix("").exists():
            twin.unlink(missing_ok=True)
    return len(names), size


def has_scripts(folder: Path) -> bool:
    """Tell whether an index was written into *folder* with scripts.

    Those of an earlier run must not tell of other files than those beside them.
    """
    return (folder / f"{ROOT}{SUFFIX}").exists()


def remove_scripts(folder: Path) -> None:
    """Remove every twin from *folder*: the index there is written without them."""
    for twin in _twins(folder):
        twin.unlink(missing_ok=True)


def _twins(folder: Path) -> list[Path]:
    """Return where twins may be, those of files that are gone or had other names among them."""
    named = (ROOT, DOCUMENTS, TABLES, DICTIONARY)
    former = map(former_name, (DOCUMENTS, TABLES))
    twins = [folder / (name + SUFFIX) for name in (*named, *former)]
    for part in SERIES:
        twins += numbered_files(folder / part, SUFFIX)
    return twins


def script_of(name: str, content: bytes) -> bytes:
    """Return the script that hands *content* over as the file *name* (plain ASCII, no quotes).

    >>> script_of("texts/0.bin", b"abc")
    b'fihris.held["texts/0.bin"]="YWJj";'
    """
    return f'fihris.held["{name}"]="{base64.b64encode(content).decode()}";'.encode()
