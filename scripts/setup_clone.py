"""Make a clone ready to work in: the right Python, the links of fihris/, a virtual environment.

The scripts beside this file begin with it. Its syntax is that of Python 3.6, so that an older
Python reaches the check of its version and not a SyntaxError.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - that is what this line is for
    sys.exit(
        "fihris: Python 3.11 or newer is needed, and this is Python {}.{}. "
        "Run the script with a newer one, for example: python3.12 {}".format(
            sys.version_info[0], sys.version_info[1], " ".join(sys.argv)
        )
    )

import hashlib
import importlib
import importlib.util
import json
import os
import re
import subprocess
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("index", "search", "web")
ENVIRONMENT = ROOT / ".venv"

#: Written when an installation has succeeded; it says what was installed, and from where.
STAMP = ENVIRONMENT / "fihris-clone.json"

PIP_LOG = ENVIRONMENT / "fihris-pip.log"

#: An interpreter that runs, is new enough and has pip is worth keeping.
PROBE_PYTHON = "import sys, pip; assert sys.version_info >= (3, 11)"

#: Run by the environment's own Python: whatever the package and the named extras require
#: is there, no file of it was lost, and the compiled library loads.
PROBE = """
import re, sys
from importlib.metadata import distributions, requires, version
import tantivy
for line in requires("fihris"):
    extra = re.search("extra == .([a-z]+)", line)
    if extra is None or extra[1] in sys.argv[1:]:
        version(re.match("[A-Za-z0-9._-]+", line)[0])
for distribution in distributions():
    for file in distribution.files or ():
        assert file.suffix == ".pyc" or file.locate().exists(), file
"""


class Trouble(Exception):
    """Something that a person must put right; the message says what and how."""


def executable(name: str) -> Path:
    """Return the path of a program of the virtual environment (``python``, ``fihris``, …)."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / (name + ".exe")
    return ENVIRONMENT / "bin" / name


def prepare(*extras: str) -> None:
    """Make links and virtual environment such that ``fihris`` runs from this clone.

    *extras* are the names of optional dependencies in pyproject.toml that must be there too.
    What is good already is left as it is. Raises :class:`Trouble`.
    """
    mend_links()
    recorded = read_stamp()
    wanted = sorted({*extras, *recorded["extras"]})
    stamp = {"root": str(ROOT), "pyproject": checksum(ROOT / "pyproject.toml"), "extras": wanted}
    if stamp == recorded and environment_is_good(wanted):
        return
    # Programs in it, and its way to the sources, name the place where it was made.
    moved = recorded["root"] not in ("", str(ROOT))
    if moved or not run_quietly([executable("python"), "-I", "-c", PROBE_PYTHON]):
        make_environment()
    install(wanted)
    if not environment_is_good(wanted):  # a file of it was lost: only a fresh one is whole
        make_environment()
        install(wanted)
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def mend_links() -> None:
    """Make the links fihris/index, fihris/search and fihris/web where a checkout did not.

    Git on Windows writes a small text file in place of each unless it is allowed to make links.
    """
    for room in ROOMS:
        link = ROOT / "fihris" / room
        if link.exists() and link.samefile(ROOT / room):
            continue
        if link.is_dir():
            raise Trouble(
                f"{link} is a folder of its own, where a link to {ROOT / room} is expected. "
                "Move it away and run the script again."
            )
        link.parent.mkdir(exist_ok=True)
        if link.is_symlink() or link.exists():
            link.unlink()
        try:
            make_link(link, room)
        except OSError as error:
            raise Trouble(
                f"{link} is not a link to the folder {room}, and it could not be made: {error}. "
                "Clone again into a folder on a local disk with "
                "`git -c core.symlinks=true clone …` (on Windows, switch Developer Mode on first)."
            ) from error
        print(f"Made the link fihris/{room}, which this clone lacked.", flush=True)


def make_link(link: Path, room: str) -> None:
    """Make *link* lead to the folder *room*; a junction where Windows allows no symbolic link."""
    try:
        link.symlink_to(Path("..", room), target_is_directory=True)
    except OSError:
        if os.name != "nt":
            raise
        junctions = importlib.import_module("_winapi")
        junctions.CreateJunction(str(ROOT / room), str(link))


def read_stamp() -> dict[str, Any]:
    """Return what the last installation recorded, or a record of nothing."""
    nothing = {"root": "", "pyproject": "", "extras": []}
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return nothing
    return found if isinstance(found, dict) and found.keys() == nothing.keys() else nothing


def checksum(file: Path) -> str:
    """Return the SHA-256 of *file* in hexadecimal digits."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def environment_is_good(extras: list[str]) -> bool:
    """Tell whether the environment holds all that the package and *extras* need."""
    return run_quietly([executable("python"), "-I", "-c", PROBE, *extras])


def run_quietly(command: list[Any]) -> bool:
    """Run *command*, show nothing, and tell whether it succeeded."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    """Make the virtual environment, in the place of a broken one if there is one."""
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        raise Trouble(
            f"{ENVIRONMENT} must be made again, which its own Python cannot do. "
            "Run the script with the system's Python."
        )
    is_environment = (ENVIRONMENT / "pyvenv.cfg").is_file()
    is_empty = ENVIRONMENT.is_dir() and not any(ENVIRONMENT.iterdir())
    if ENVIRONMENT.exists() and not is_environment and not is_empty:
        raise Trouble(
            f"{ENVIRONMENT} is in the way: it is not a virtual environment. "
            "Move it away and run the script again."
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Trouble(
            f"this Python ({sys.executable}) cannot make virtual environments. "
            "On Debian and Ubuntu, `sudo apt install python3-venv` adds what it lacks."
        )
    print(f"Making a virtual environment in {ENVIRONMENT} …", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if made.returncode != 0:
        said = made.stdout.strip().splitlines() or ["it said nothing"]
        raise Trouble(f"no virtual environment could be made in {ENVIRONMENT}: {said[-1].strip()}")


def install(extras: list[str]) -> None:
    """Install the clone, editable, with *extras*; pip's own settings (PIP_*) stay in force."""
    print("Installing Fihris and what it needs (a minute, the first time) …", flush=True)
    target = f".[{','.join(extras)}]" if extras else "."
    STAMP.unlink(missing_ok=True)
    with PIP_LOG.open("w", encoding="utf-8") as log:
        done = subprocess.run(
            [executable("python"), "-m", "pip", "install", "--editable", target],
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        said = PIP_LOG.read_text(encoding="utf-8", errors="replace").splitlines()
        errors = [line.strip() for line in said if re.search(r"ERROR: |Error: ", line)]
        reason = (errors or said or ["it said nothing"])[-1]
        raise Trouble(
            f"pip could not install what is needed ({reason}). "
            f"Check the network and pip's settings, then run again. All it said: {PIP_LOG}"
        )
    name_clone_without_letters()


def name_clone_without_letters() -> None:
    """Make the environment find the clone by ``..`` alone.

    An editable install names it in a ``.pth`` file, in full and in UTF-8. Python before 3.13 reads
    such a file in the encoding of the locale, and cannot start where that lacks a letter.
    """
    for pattern in ("lib/python*/site-packages/_fihris.pth", "Lib/site-packages/_fihris.pth"):
        for file in ENVIRONMENT.glob(pattern):
            file.write_text(os.path.relpath(ROOT, file.parent) + "\n", encoding="ascii")


def run_script(main: Callable[[list[str]], int]) -> None:
    """Run *main* with the arguments of the command line, and end the process as it says.

    A :class:`Trouble` ends it with one line and the code 2, Ctrl-C with the code 130.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a pipe on Windows would fail at Arabic letters
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        print(f"fihris: {trouble}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
