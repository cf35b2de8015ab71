"""Older word processors' files become ``.docx``, by way of LibreOffice where it is installed.

One start serves many files, for the start is what costs. LibreOffice gets a profile of its own that
is thrown away, runs no macro, follows no link and finds no network; what hangs it or brings it
down is found out, refused, and costs the other files nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from fihris.index.errors import SourceError, SourceMalformed, SourceUnreadable
from fihris.index.sources.raw import RawDocument

#: The environment variable that names the program, where it is none of the usual places.
PROGRAM_VARIABLE = "FIHRIS_SOFFICE"

#: Seconds without a file finished after which LibreOffice is held to hang. The first start on a
#: slow machine takes some twenty.
PATIENCE = 90.0

#: Bytes of a result; a text of this size has no place in an index of resolutions.
MAX_RESULT_BYTES = 64 * 1024 * 1024

_NAMES = ("soffice", "libreoffice", "soffice.com")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "~/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
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
_POLL = 0.1  # seconds
# Kilobytes of address space (LibreOffice itself maps about 1 GiB, macOS cannot limit it) and
# blocks of 512 bytes written to one file.
_LIMITED = 'ulimit -v 4194304 2>/dev/null; ulimit -f 524288 2>/dev/null; exec "$@"'
_NOBODY_LISTENS = ("127.0.0.1", "9")
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),  # never
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Inet/Settings", "ooInetProxyType", "1"),  # what is set here
    ("Inet/Settings", "ooInetNoProxy", ""),
    *(
        ("Inet/Settings", f"ooInet{scheme}Proxy{part}", setting)
        for scheme in ("HTTP", "HTTPS", "FTP")
        for part, setting in zip(("Name", "Port"), _NOBODY_LISTENS, strict=True)
    ),
)
_OPTIONS = "--headless --norestore --nologo --nodefault --nolockcheck".split()
_SAVE_AS_DOCX = "Open it in a word processor and save it as .docx."


def find_office() -> Path | None:
    """Return the program of LibreOffice on this machine, None where there is none.

    ``FIHRIS_SOFFICE`` goes before the search path, and that before the usual places.
    """
    named = os.environ.get(PROGRAM_VARIABLE)
    if named:
        return Path(named) if Path(named).is_file() else None
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    places = (Path(place).expanduser() for place in _USUAL_PLACES)
    return next((place for place in places if place.is_file()), None)


def convert_to_docx(
    raws: Sequence[RawDocument], patience: float = PATIENCE
) -> Iterator[tuple[RawDocument, bytes | SourceError]]:
    """Yield each of *raws*, in order, with its text as a ``.docx`` file, or why there is none.

    What no word processor wrote, by its first bytes and not by its name, is refused and never
    reaches LibreOffice, which would open anything.
    """
    suffixes = [_suffix(raw.content) for raw in raws]
    office = find_office()
    with tempfile.TemporaryDirectory(prefix="fihris-office-", ignore_cleanup_errors=True) as folder:
        files: dict[int, Path] = {}
        for place, (raw, suffix) in enumerate(zip(raws, suffixes, strict=True)):
            if suffix is not None and office is not None:
                # A name that says nothing of where it came from, and needs no quoting.
                files[place] = Path(folder, f"{place}{suffix}")
                files[place].write_bytes(raw.content)
        results = Path(folder, "docx")
        made: dict[Path, Path] = {}
        for kind, filters in _FILTERS.items():
            waiting = [file for file in files.values() if file.suffix == kind]
            for name in filters:
                if office is not None and waiting:
                    made |= convert_files(waiting, "docx", results, office, patience, name)
                    waiting = [file for file in waiting if file not in made]
        for place, (raw, suffix) in enumerate(zip(raws, suffixes, strict=True)):
            if suffix is None:
                yield raw, _foreign(raw)
            elif place not in files:
                yield raw, _office_missing(raw)
            else:
                yield raw, _result(raw, made.get(files[place]))


def _suffix(content: bytes) -> str | None:
    """Return the suffix that fits *content*, None when it is none of LibreOffice's."""
    if content.startswith(_OLE):
        return ".doc"
    if content.startswith(_RTF):
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


def convert_files(
    files: Sequence[Path],
    target: str,
    folder: Path,
    office: Path,
    patience: float = PATIENCE,
    source_filter: str = "",
) -> dict[Path, Path]:
    """Convert *files* with LibreOffice into *folder*, and return what came of each that succeeded.

    *target* is the suffix of the form, with LibreOffice's name of a filter behind a colon where
    the suffix alone is not plain; *source_filter* is the filter that opens the files, and empty
    where LibreOffice is trusted to choose. When it hangs or ends before its time, the file that it
    was at is tried once more by itself, and the others go on.
    """
    made: dict[Path, Path] = {}
    suffix = target.partition(":")[0]
    options = ["--convert-to", target, "--outdir", str(folder)]
    if source_filter:
        options.insert(0, f"--infilter={source_filter}")
    folder.mkdir(parents=True, exist_ok=True)
    batches = [list(files)] if files else []
    while batches:
        batch = batches.pop(0)
        ended = _run([str(office), *_OPTIONS, *options, *map(str, batch)], folder, patience)
        missing: list[Path] = []
        for file in batch:
            result = folder / f"{file.stem}.{suffix}"
            if result.is_file():
                made[file] = result
            else:
                missing.append(file)
        if missing and len(batch) > 1 and not ended:
            batches += [part for part in (missing[:1], missing[1:]) if part]
    return made


def _run(command: list[str], folder: Path, patience: float) -> bool:
    """Run LibreOffice once, filling *folder*; tell whether it came to its end by itself."""
    with tempfile.TemporaryDirectory(
        prefix="fihris-profile-", ignore_cleanup_errors=True
    ) as profile:
        _write_settings(Path(profile))
        # Before all paths; a profile of its own lets it run beside one that a person works with.
        command.insert(1, f"-env:UserInstallation={Path(profile).as_uri()}")
        if os.name == "posix":
            command = ["/bin/sh", "-c", _LIMITED, "sh", *command]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        try:
            return _wait(process, folder, patience)
        finally:
            _end(process)


def _environment() -> dict[str, str]:
    """Return the environment with proxies behind which nobody listens, and without a display."""
    proxy = "http://{}:{}".format(*_NOBODY_LISTENS)
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), proxy)
    kept = {
        name: setting
        for name, setting in os.environ.items()
        if name.lower() not in {*proxies, "no_proxy", "display", "wayland_display"}
    }
    return kept | proxies | {"SAL_USE_VCLPLUGIN": "svp"}


def _write_settings(profile: Path) -> None:
    """Write the profile's settings before the first start reads them."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{setting}</value></prop></item>"
        for path, name, setting in _SETTINGS
    )
    file = profile / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>\n',
        encoding="utf-8",
    )


def _wait(process: subprocess.Popen[bytes], folder: Path, patience: float) -> bool:
    """Wait while files are being finished; tell whether the process ended well by itself."""
    finished = -1
    deadline = 0.0
    while True:
        count = sum(1 for _ in folder.iterdir())
        if count != finished:
            finished = count
            deadline = time.monotonic() + patience
        try:
            return process.wait(_POLL) == 0
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],
                capture_output=True,
                check=False,
            )
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
