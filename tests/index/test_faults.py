"""What can go wrong around an index, each with the real thing: nothing indexed is ever lost."""

import shutil
from pathlib import Path

import pytest

from fihris.index import open_index, sync
from fihris.index.verify import verify


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def titles(index: Path) -> list[str]:
    return sorted(record.document.title for record in open_index(index).records())


def test_a_list_of_deletions_that_a_killed_run_left_is_in_nobodys_way(
    index, tmp_path, write_laws, law
):
    sync(index, [write_laws(law("a", "نص"), law("b", "نص"))])
    killed = tmp_path / "killed"
    shutil.copytree(index, killed)
    changed = write_laws(law("a", "نص آخر"), law("b", "نص"))
    sync(index, [changed])
    # The state of a run that was killed after it wrote its files and before it listed them.
    for path in index.iterdir():
        if path.suffix == ".del" or path.name == ".managed.json":
            shutil.copy(path, killed)
    assert list(killed.glob("*.del"))
    assert sync(killed, [changed]).replaced.documents == 1
    assert verify(killed).sound
    assert verify(killed).leftovers == ()
