"""What people install: every file of the three rooms, under fihris, and nothing beside it."""

import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="the extra 'test' is not installed")

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("index", "search", "web")


def build(target: str, source: Path, folder: Path) -> Path:
    """Build *target* (wheel or sdist) of the project in *source*, without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


def contents(wheel: Path) -> set[str]:
    """Return the paths in *wheel*, without the distribution's own metadata."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def test_the_wheel_holds_every_file_of_the_rooms_and_nothing_else(wheel):
    files = {
        f"fihris/{file.relative_to(ROOT).as_posix()}"
        for room in ROOMS
        for file in (ROOT / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert contents(wheel) == files


def test_the_wheel_holds_the_tables_the_specimens_and_the_mark_of_types(wheel):
    names = contents(wheel)
    assert "fihris/index/analysis/tables.json" in names
    assert any(name.startswith("fihris/index/specimens/") for name in names)
    assert {f"fihris/{room}/py.typed" for room in ROOMS} <= names


def test_a_wheel_made_from_the_sdist_is_the_same(wheel, sdist, tmp_path):
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    assert contents(build("wheel", source, tmp_path / "built")) == contents(wheel)


def test_the_sdist_holds_no_virtual_environment_and_no_link(sdist):
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()
    assert not [member.name for member in members if member.issym() or member.islnk()]
    inside = {Path(member.name).parts[1] for member in members}
    assert {"index", "search", "web", "tests", "scripts", "LICENSE", "README.md"} <= inside
    assert not {name for name in inside if name.startswith((".venv", ".cache", "fihris"))}


def test_the_wheel_states_both_licences_and_carries_their_texts(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(path).decode())
        texts = [name for name in archive.namelist() if ".dist-info/licenses/" in name]
    assert metadata["License-Expression"] == "GPL-3.0-or-later AND MIT"
    assert {Path(text).name for text in texts} == {"LICENSE", "GPL-3.0-or-later.txt", "MIT.txt"}
