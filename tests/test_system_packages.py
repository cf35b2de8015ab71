"""What the test set-up installs on a test machine, and that it leaves every other machine alone."""

import os
import subprocess
from types import SimpleNamespace

import pytest

from scripts import system_packages


@pytest.fixture
def machine(monkeypatch):
    """A Debian test machine; ``commands`` are what was run on it."""
    state = SimpleNamespace(commands=[], installed={"here"}, fails=False)

    def run(command, **options):
        state.commands.append(list(command))
        if command[0] == "dpkg-query":
            status = "installed" if command[-1] in state.installed else ""
            return SimpleNamespace(stdout=status, returncode=0 if status else 1)
        return SimpleNamespace(stdout="E: no network", returncode=100 if state.fails else 0)

    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system_packages, "subprocess", SimpleNamespace(**vars(subprocess)))
    monkeypatch.setattr(system_packages.subprocess, "run", run)
    return state


def apt(machine):
    return [command for command in machine.commands if command[0] == "apt-get"]


def test_a_test_machine_gets_what_it_lacks(machine):
    system_packages.install_system_packages("here", "lacking")
    update, install = apt(machine)
    assert update[1] == "update"
    assert install[1] == "install"
    assert "lacking" in install
    assert "here" not in install


def test_nothing_is_run_where_all_is_there(machine):
    system_packages.install_system_packages("here")
    assert apt(machine) == []


def test_a_persons_machine_is_never_changed(machine, monkeypatch):
    monkeypatch.delenv("CI")
    system_packages.install_system_packages("lacking")
    assert machine.commands == []


def test_who_is_not_root_installs_nothing(machine, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    system_packages.install_system_packages("lacking")
    assert machine.commands == []


def test_a_system_without_apt_is_left_alone(machine, monkeypatch):
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None)
    system_packages.install_system_packages("lacking")
    assert machine.commands == []


def test_a_failure_is_told_and_stops_nothing(machine, capsys):
    machine.fails = True
    system_packages.install_system_packages("lacking")
    assert "apt-get could not install lacking" in capsys.readouterr().out


def test_an_unknown_package_is_not_installed():
    if not system_packages.shutil.which("dpkg-query"):
        pytest.skip("this system has no dpkg-query")
    assert not system_packages.is_installed("fihris-no-such-package")
