"""The program: where LibreOffice stands on a machine, and a start of it that can harm nothing.

It gets a profile of its own that is thrown away, runs no macro, follows no link, finds no network,
and is ended with all that it started when it gets no further.
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
from collections.abc import Callable, Sequence
from pathlib import Path

from fihris.index.frozen import frozen

#: The environment variable that names the program, where it is none of the usual places.
PROGRAM_VARIABLE = "FIHRIS_SOFFICE"

#: Seconds without a file finished after which LibreOffice is held to hang. The first start on a
#: slow machine takes some twenty.
PATIENCE = 90.0

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
_OPTIONS = "--headless --norestore --nologo --nodefault --nolockcheck".split()
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


def find_office() -> Path | None:
    """Return the program of LibreOffice on this machine, None where there is none.

    ``FIHRIS_SOFFICE`` goes before the search path, and that before the usual places.
    """
    named = os.environ.get(PROGRAM_VARIABLE)
    if named:
        return Path(named) if _is_program(Path(named)) else None
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    places = (Path(place).expanduser() for place in _USUAL_PLACES)
    return next((place for place in places if _is_program(place)), None)


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def never() -> bool:
    """Go on to the end."""
    return False


@frozen
class Office:
    """LibreOffice at *program*.

    ``patience`` is how many seconds it may take over one file. Once ``stopped`` says so, which it
    is asked ten times a second, the program is ended.
    """

    program: Path
    patience: float = PATIENCE
    stopped: Callable[[], bool] = never

    def convert(
        self, files: Sequence[Path], target: str, folder: Path, source_filter: str = ""
    ) -> bool:
        """Convert *files* in one start, as far as it gets; tell whether it came to its end.

        What comes of ``a.doc`` is ``a.docx`` in *folder*. *target* is the suffix of the form, with
        LibreOffice's name of a filter behind a colon where the suffix alone is not plain;
        *source_filter* opens the files, and is empty where LibreOffice is trusted to choose.
        """
        folder.mkdir(parents=True, exist_ok=True)
        opened = [f"--infilter={source_filter}"] if source_filter else []
        asked = ["--convert-to", target, "--outdir", str(folder), *map(str, files)]
        with tempfile.TemporaryDirectory(
            prefix="fihris-profile-", ignore_cleanup_errors=True
        ) as profile:
            _write_settings(Path(profile))
            # A profile of its own lets it run beside one that a person works with.
            own = f"-env:UserInstallation={Path(profile).as_uri()}"
            return self._run([str(self.program), own, *_OPTIONS, *opened, *asked], folder)

    def _run(self, command: list[str], folder: Path) -> bool:
        if os.name == "posix":
            command = ["/bin/sh", "-c", _LIMITED, "sh", *command]
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        except OSError:
            return False
        try:
            return self._wait(process, folder)
        finally:
            _end(process)

    def _wait(self, process: subprocess.Popen[bytes], folder: Path) -> bool:
        """Wait while files are being finished; tell whether the process ended well by itself."""
        finished = -1
        deadline = 0.0
        while True:
            count = sum(1 for _ in folder.iterdir())
            if count != finished:
                finished = count
                deadline = time.monotonic() + self.patience
            try:
                return process.wait(_POLL) == 0
            except subprocess.TimeoutExpired:
                if self.stopped() or time.monotonic() > deadline:
                    return False


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
