"""The script that makes every form of the specimens and compares what is read of them."""

from scripts import formats


def test_it_writes_word_files_and_prints_what_their_reader_changes(tmp_path, capsys):
    asked = ["--specimen", "A_HRC_RES_94_9", "--specimen", "S_PRST_2038_7", "--form", "docx"]
    assert formats.main([str(tmp_path), *asked, "--compare"]) == 0
    assert sorted(path.name for path in (tmp_path / "docx").iterdir()) == [
        "A_HRC_RES_94_9.docx",
        "S_PRST_2038_7.docx",
    ]
    assert "| `.docx` | 2 | 0 | 0 | 0 | 100.00% | 100.00% |" in capsys.readouterr().out


def test_a_file_that_lost_something_is_named_and_the_script_fails(tmp_path, capsys):
    asked = [str(tmp_path), "--specimen", "A_HRC_RES_94_9", "--form", "docx"]
    assert formats.main(asked) == 0
    other = formats.read_originals(formats.specimen_paths(["S_PRST_2038_7"]))
    formats.write_word_files({"A_HRC_RES_94_9": other["S_PRST_2038_7"]}, tmp_path)
    assert formats.main([*asked, "--kept", "--compare"]) == 1
    assert "A_HRC_RES_94_9.docx: kind, title, symbol" in capsys.readouterr().out


def test_the_speed_is_told_for_what_the_folder_holds(tmp_path, capsys):
    asked = [str(tmp_path), "--specimen", "S_PRST_2038_7", "--form", "docx", "--speed"]
    assert formats.main(asked) == 0
    assert ".docx a second and core" in capsys.readouterr().out
