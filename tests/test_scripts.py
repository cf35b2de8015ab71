"""The scripts that set up a clone: what they mend, what they keep, and what they say when stuck."""

import ast
import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts import setup_clone

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone whose links were never made, with nothing installed."""
    for room in setup_clone.ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    environment = tmp_path / ".venv"
    monkeypatch.setattr(setup_clone, "ROOT", tmp_path)
    monkeypatch.setattr(setup_clone, "ENVIRONMENT", environment)
    monkeypatch.setattr(setup_clone, "STAMP", environment / "stamp.json")
    monkeypatch.setattr(setup_clone, "PIP_LOG", environment / "pip.log")
    return tmp_path


@pytest.fixture
def steps(clone, monkeypatch):
    """The steps that prepare() takes, by name, in a clone whose Python and packages are good."""
    taken = SimpleNamespace(names=[], python_runs=True, is_good=True)

    def make_environment():
        taken.names.append("make")
        taken.python_runs = True

    def install(extras):
        taken.names.append(f"install {' '.join(extras)}")
        setup_clone.ENVIRONMENT.mkdir(exist_ok=True)
        taken.is_good = True

    monkeypatch.setattr(setup_clone, "make_environment", make_environment)
    monkeypatch.setattr(setup_clone, "install", install)
    monkeypatch.setattr(setup_clone, "environment_is_good", lambda extras: taken.is_good)
    monkeypatch.setattr(setup_clone, "run_quietly", lambda command: taken.python_runs)
    return taken


@pytest.mark.parametrize(
    "script", ["demo", "test", "check", "setup_clone", "system_packages", "javascript_checks"]
)
def test_an_old_python_can_parse_the_script_and_reach_the_check(script):
    source = (SCRIPTS / f"{script}.py").read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 6))


def test_an_old_python_is_told_which_one_is_needed():
    pretend = "import sys; sys.version_info = (3, 8, 18, 'final', 0); import setup_clone"
    run = subprocess.run(
        [sys.executable, "-c", pretend], cwd=SCRIPTS, capture_output=True, text=True, check=False
    )
    assert run.returncode != 0
    assert "Python 3.11 or newer is needed, and this is Python 3.8" in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_missing_links_are_made(clone):
    setup_clone.mend_links()
    for room in setup_clone.ROOMS:
        assert (clone / "fihris" / room).samefile(clone / room)


def test_the_text_files_that_stand_for_links_are_replaced(clone, capsys):
    (clone / "fihris").mkdir()
    for room in setup_clone.ROOMS:
        (clone / "fihris" / room).write_text(f"../{room}")
    setup_clone.mend_links()
    assert (clone / "fihris" / "web" / "__init__.py").is_file()
    assert "fihris/web" in capsys.readouterr().out


def test_good_links_are_left_alone(clone, capsys):
    setup_clone.mend_links()
    capsys.readouterr()
    setup_clone.mend_links()
    assert capsys.readouterr().out == ""


def test_a_copied_folder_in_place_of_a_link_is_never_deleted(clone):
    (clone / "fihris" / "index").mkdir(parents=True)
    with pytest.raises(setup_clone.Trouble, match="a folder of its own"):
        setup_clone.mend_links()
    assert (clone / "fihris" / "index").is_dir()


def test_a_system_without_links_is_told_how_to_get_them(clone, monkeypatch):
    def refuse(link, room):
        raise OSError("no links here")

    monkeypatch.setattr(setup_clone, "make_link", refuse)
    with pytest.raises(setup_clone.Trouble, match=r"core\.symlinks=true"):
        setup_clone.mend_links()


def test_a_fresh_clone_gets_an_environment_and_the_extras(steps):
    steps.python_runs = False
    setup_clone.prepare("test")
    assert steps.names == ["make", "install test"]


def test_the_second_time_nothing_is_done(steps):
    setup_clone.prepare("test")
    steps.names.clear()
    setup_clone.prepare("test")
    assert steps.names == []


def test_a_changed_pyproject_is_installed_again_with_the_extras_it_had(steps, clone):
    setup_clone.prepare("test")
    steps.names.clear()
    (clone / "pyproject.toml").write_text("[project]\nname = 'fihris'\n")
    setup_clone.prepare()
    assert steps.names == ["install test"]


def test_an_environment_that_lost_a_file_is_made_again(steps, monkeypatch):
    setup_clone.prepare("test")
    steps.names.clear()
    health = iter([False, False])  # before, and after pip has found nothing to do
    monkeypatch.setattr(setup_clone, "environment_is_good", lambda extras: next(health))
    setup_clone.prepare("test")
    assert steps.names == ["install test", "make", "install test"]


def test_an_environment_whose_python_is_gone_is_made_again(steps):
    setup_clone.prepare()
    steps.names.clear()
    steps.is_good = steps.python_runs = False
    setup_clone.prepare()
    assert steps.names == ["make", "install "]


def test_an_environment_of_a_clone_that_was_moved_is_made_again(steps):
    setup_clone.prepare()
    steps.names.clear()
    stamp = json.loads(setup_clone.STAMP.read_text())
    setup_clone.STAMP.write_text(json.dumps({**stamp, "root": "elsewhere"}))
    setup_clone.prepare()
    assert steps.names == ["make", "install "]


def test_a_damaged_stamp_counts_as_none(clone):
    setup_clone.ENVIRONMENT.mkdir()
    for damaged in ("", "[]", "{}", "\x00"):
        setup_clone.STAMP.write_text(damaged)
        assert setup_clone.read_stamp()["extras"] == []


def test_a_folder_that_is_no_environment_is_never_cleared(clone):
    setup_clone.ENVIRONMENT.mkdir()
    (setup_clone.ENVIRONMENT / "thesis.txt").write_text("mine")
    with pytest.raises(setup_clone.Trouble, match="in the way"):
        setup_clone.make_environment()
    assert (setup_clone.ENVIRONMENT / "thesis.txt").read_text() == "mine"


def test_a_python_without_ensurepip_is_told_which_package_has_it(clone, monkeypatch):
    monkeypatch.setattr(setup_clone.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(setup_clone.Trouble, match="apt install python3-venv"):
        setup_clone.make_environment()


def test_a_failure_of_pip_is_one_line_and_names_its_log(clone, monkeypatch):
    def fail(command, stdout, **options):
        stdout.write("Collecting x\nERROR: No matching distribution found for x\nnote: rest\n")
        return SimpleNamespace(returncode=1)

    setup_clone.ENVIRONMENT.mkdir()
    monkeypatch.setattr(setup_clone.subprocess, "run", fail)
    with pytest.raises(setup_clone.Trouble) as trouble:
        setup_clone.install(["test"])
    message = str(trouble.value)
    assert "No matching distribution found for x" in message
    assert str(setup_clone.PIP_LOG) in message
    assert "\n" not in message


def test_a_clone_in_a_folder_with_an_arabic_name_is_found_in_any_locale(
    clone, monkeypatch, tmp_path
):
    arabic = tmp_path / "قرارات وأخرى"
    packages = arabic / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    monkeypatch.setattr(setup_clone, "ROOT", arabic)
    monkeypatch.setattr(setup_clone, "ENVIRONMENT", arabic / ".venv")

    def install_editable(command, **options):
        (packages / "_fihris.pth").write_text(str(arabic), encoding="utf-8")
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(setup_clone, "STAMP", arabic / ".venv" / "stamp.json")
    monkeypatch.setattr(setup_clone, "PIP_LOG", arabic / ".venv" / "pip.log")
    monkeypatch.setattr(setup_clone.subprocess, "run", install_editable)
    setup_clone.install([])
    way = (packages / "_fihris.pth").read_text(encoding="ascii").strip()
    assert (packages / way).resolve() == arabic.resolve()


def test_trouble_ends_a_script_with_one_line_and_code_2(monkeypatch, capsys):
    def stumble(arguments):
        raise setup_clone.Trouble("the disk is full. Make room.")

    with pytest.raises(SystemExit) as end:
        setup_clone.run_script(stumble)
    assert end.value.code == 2
    assert capsys.readouterr().err == "fihris: the disk is full. Make room.\n"


def test_the_probe_accepts_this_environment_and_misses_what_is_absent(tmp_path):
    try:
        version("fihris")
    except PackageNotFoundError:
        pytest.skip("these tests run outside an environment made by the scripts")
    probe = [sys.executable, "-I", "-c", setup_clone.PROBE, "test"]
    assert setup_clone.run_quietly(probe)
    assert not setup_clone.run_quietly(
        [sys.executable, "-I", "-S", "-c", setup_clone.PROBE, "test"]
    )
