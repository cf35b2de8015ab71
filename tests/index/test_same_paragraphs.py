"""The same document in another form gives the same paragraphs.

All specimens are read as ``.docx``; the forms that LibreOffice makes are tested on some that hold
every construct between them. ``scripts/make_formats.py FOLDER --compare`` measures all of them.
"""

import os
from pathlib import Path

import pytest

from fihris.index.resolution import Resolution
from fihris.index.sources.files import Form
from fihris.index.sources.office import Office, find_office
from scripts.formats import (
    FLOORS,
    OFFICE_FILTERS,
    compare,
    convert_all,
    difference,
    read_folder,
    read_originals,
    specimen_paths,
    write_word_files,
)

#: Notes in a row, parts, an annex, a recorded vote, sub-paragraphs on two levels, typed numbers.
CHOSEN = ["A_HRC_RES_100_14", "A_RES_91_203", "A_RES_92_140", "A_RES_92_58", "E_RES_2039_4"]
SAMPLE = Path(__file__).resolve().parents[3] / "shared/corpus/hrc-resolution-46-28.ar.txt"

needs_office = pytest.mark.skipif(
    find_office() is None and not os.environ.get("CI"),
    reason="LibreOffice is not installed; on a test machine (CI) it must be",
)
OFFICE_FORMS = [form for form in OFFICE_FILTERS if form in FLOORS]


@pytest.fixture(scope="session")
def originals() -> dict[str, Resolution]:
    return read_originals(specimen_paths(CHOSEN))


@pytest.fixture(scope="session")
def converted(tmp_path_factory, originals) -> Path:
    """A folder with the chosen specimens in every form, each form made in one start."""
    folder = tmp_path_factory.mktemp("formats")
    write_word_files(originals, folder)
    program = find_office()
    assert program is not None, "LibreOffice is not installed"
    convert_all(folder, {form: OFFICE_FILTERS[form] for form in OFFICE_FORMS}, Office(program))
    return folder


def test_every_specimen_reads_the_same_from_a_word_file(tmp_path):
    specimens = read_originals(specimen_paths())
    write_word_files(specimens, tmp_path)
    found = compare(specimens, tmp_path, Form.DOCX)
    assert len(found) == len(specimens) > 20
    assert [each for each in found if each.is_beneath_its_floor or each.lost] == []


@needs_office
@pytest.mark.parametrize("form", OFFICE_FORMS)
def test_a_specimen_reads_the_same_in_another_form(originals, converted, form):
    found = compare(originals, converted, form)
    assert [each for each in found if each.is_beneath_its_floor] == []


def test_the_word_file_of_a_real_resolution_reads_the_same(tmp_path):
    if not SAMPLE.is_file():
        pytest.skip("the real resolution is not beside the clone")
    sample = read_originals([SAMPLE])
    write_word_files(sample, tmp_path)
    [found] = compare(sample, tmp_path, Form.DOCX)
    assert not found.is_beneath_its_floor
    assert found.lost == 0


def test_the_word_files_have_automatic_numbers_and_real_notes(tmp_path, originals):
    write_word_files(originals, tmp_path)
    read = dict(read_folder(tmp_path, Form.DOCX))
    longest = read["A_HRC_RES_100_14"]
    assert isinstance(longest, Resolution)
    content = (tmp_path / "docx" / "A_HRC_RES_100_14.docx").read_bytes()
    assert b"17-" not in content
    assert [unit.label for unit in longest.paragraphs if unit.fragment == "OP17"] == ["17-"]
    assert len([unit for unit in longest.paragraphs if unit.fragment.startswith("FN")]) == 2


def test_a_difference_would_be_seen(originals):
    original = originals["A_RES_92_58"]
    other = originals["E_RES_2039_4"]
    found = difference("a", Form.DOCX, original, other)
    assert found.is_beneath_its_floor
    assert "symbol" in found.metadata
    assert found.outline
    assert found.lost > 0
    assert difference("a", Form.PDF, original, "gone").is_beneath_its_floor
    assert not difference("a", Form.DOCX, original, original).is_beneath_its_floor
