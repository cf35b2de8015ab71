"""A helper gives the values of functions; what it cannot do is done without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fihris.web.shards import helper as helper_module
from fihris.web.shards import writer
from fihris.web.shards.helper import Helper
from fihris.web.shards.postings import gather
from fihris.web.shards.vocabulary import written_vocabulary

LARGE = 1_000_000


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_values_come_from_another_process_in_whatever_order_they_are_wanted():
    with Helper(LARGE) as helper:
        assert helper.is_there
        first, second = helper.ask(os.getpid), helper.ask(max, 3, 5)
        assert second.result() == 5
        assert first.result() != os.getpid()


def test_a_small_index_or_a_single_core_gets_no_helper(monkeypatch):
    with Helper(LARGE - 1) as helper:
        assert not helper.is_there
        assert helper.ask(os.getpid).result() == os.getpid()
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with Helper(LARGE) as helper:
        assert not helper.is_there


def test_where_no_process_can_be_had_the_value_is_made_here(monkeypatch):
    def refuse(_: str) -> None:
        raise OSError

    monkeypatch.setattr(helper_module, "start_module", refuse)
    with Helper(LARGE) as helper:
        assert helper.ask(os.getpid).result() == os.getpid()


def test_what_is_asked_of_a_helper_that_has_died_is_made_here():
    with Helper(LARGE) as helper:
        helper._process.kill()
        helper._process.wait()
        tasks = [helper.ask(os.getpid), helper.ask(max, 3, 5)]
        assert [one.result() for one in tasks] == [os.getpid(), 5]
        assert helper.ask(os.getpid).result() == os.getpid()
        assert not helper.is_there


def test_what_is_awaited_of_a_helper_that_dies_over_something_else_is_made_here():
    with Helper(LARGE) as helper:
        helper.ask(os._exit, 1)
        assert helper.ask(os.getpid).result() == os.getpid()


def test_the_error_of_a_function_reaches_who_asked_and_the_helper_goes_on():
    with Helper(LARGE) as helper:
        failing = helper.ask(int, "ب")
        with pytest.raises(ValueError, match="ب"):
            failing.result()
        assert helper.ask(os.getpid).result() != os.getpid()


def test_a_helper_is_gone_when_its_work_is_done_or_given_up():
    with Helper(LARGE) as helper:
        process = helper._process
    assert process.poll() is not None
    with pytest.raises(KeyboardInterrupt), Helper(LARGE) as helper:
        process = helper._process
        raise KeyboardInterrupt
    assert process.poll() is not None


def test_two_processes_write_the_very_bytes_that_one_writes(index_of, tmp_path, monkeypatch):
    reader = index_of(
        law1=["تسري أحكام هذا القانون على المدرسة.", "من على الطريق إلى القرية 12/2001"],
        law2=["تلغى المدارس والقوانين.", "من على الطريق، وعلى المدرسة في 5 مارس 2020"],
        law3=["القانون والمدرسة والطريق الجديد", "من على الجسر"],
    )
    writer.write_shards(reader, tmp_path / "alone")
    asked: list[object] = []
    ask = Helper.ask

    def noted(self, function, *arguments):
        asked.append(function)
        assert self.is_there
        return ask(self, function, *arguments)

    monkeypatch.setattr(helper_module, "_LARGE", 1)
    monkeypatch.setattr(Helper, "ask", noted)
    writer.write_shards(reader, tmp_path / "together")
    assert {gather, written_vocabulary} < {*asked}
    assert files(tmp_path / "together") == files(tmp_path / "alone")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
