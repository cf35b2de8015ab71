"""The root of the command line: what it imports, what it says when things go wrong, how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fihris.index.errors import AddressUnknown, IndexMissing
from fihris.web.cli import COMMANDS, DeferredCommand, RootGroup, main

ROOT = Path(__file__).resolve().parents[2]


def run_command(action, *arguments):
    """Run a program whose one command, ``act``, does *action*."""
    program = RootGroup("fihris", commands=[click.Command("act", callback=action)])
    return CliRunner().invoke(program, arguments or ["act"])


def python(source: str, **options) -> subprocess.CompletedProcess:
    """Run *source* in a fresh Python, from the clone."""
    return subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, **options
    )


def test_the_list_of_commands_is_printed_without_importing_any():
    run = python(
        "import sys\n"
        "from fihris.web.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "print(loaded & {'tantivy', 'jinja2', 'pyarabic', 'platformdirs', 'importlib_metadata'})\n"
        "print([name for name in sys.modules if name.startswith('fihris.') and 'cli' in name])\n"
    )
    assert run.stderr == ""
    lines = run.stdout.splitlines()
    assert lines[-2:] == ["set()", "['fihris.web.cli']"]
    for name, (_, short_help) in COMMANDS.items():
        assert any(name in line and short_help in line for line in lines)


def test_h_is_help_and_nothing_at_all_is_help_too():
    assert "Examples" in CliRunner().invoke(main, ["-h"]).output
    assert "Examples" in CliRunner().invoke(main, []).output


def test_the_version_is_one_line():
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.output.startswith("fihris")
    assert result.output.count("\n") == 1


def test_a_deferred_command_takes_its_arguments_and_shows_its_own_help(monkeypatch):
    @click.command("greet", help="Say who came.")
    @click.argument("name")
    def greet(name):
        click.echo(f"مرحبا {name}")

    monkeypatch.setattr(DeferredCommand, "load", lambda self: greet)
    program = RootGroup("fihris", commands=[DeferredCommand("greet", "nowhere:greet", "Greet.")])
    assert CliRunner().invoke(program, ["greet", "سلمى"]).output == "مرحبا سلمى\n"
    assert "Say who came." in CliRunner().invoke(program, ["greet", "--help"]).output


def test_an_unknown_command_is_a_usage_error_with_a_near_name():
    result = CliRunner().invoke(main, ["serch"])
    assert result.exit_code == 2
    assert "search" in result.stderr


@pytest.mark.parametrize(
    ("error", "message", "code"),
    [
        (
            IndexMissing(Path("here"), "there is no index.", "Make one."),
            "fihris: here: there is no index. Make one.\n",
            2,
        ),
        (
            AddressUnknown("Nothing bears\nA/1.", "See info."),
            "fihris: Nothing bears A/1. See info.\n",
            1,
        ),
        (OSError(28, "No space left", "disk"), "fihris: disk: No space left.\n", 2),
        (OSError("odd"), "fihris: odd.\n", 2),
    ],
)
def test_an_error_is_one_line_on_stderr_and_an_exit_code(error, message, code):
    def fail():
        raise error

    result = run_command(fail)
    assert result.stderr == message
    assert result.stdout == ""
    assert result.exit_code == code


def test_a_bug_is_not_hidden():
    def fail():
        raise ZeroDivisionError

    assert isinstance(run_command(fail).exception, ZeroDivisionError)


def test_an_exit_code_of_a_command_is_kept():
    assert run_command(lambda: click.get_current_context().exit(1)).exit_code == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, click.Abort])
def test_an_interrupted_command_ends_with_130_and_no_traceback(error):
    def fail():
        raise error

    result = run_command(fail)
    assert result.exit_code == 130
    assert result.stderr == "fihris: interrupted.\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE convention")
def test_a_reader_who_leaves_early_causes_no_noise():
    source = (
        "import click\n"
        "from fihris.web.cli import RootGroup\n"
        "act = click.Command('act', callback=lambda: print('سطر\\n' * 100_000))\n"
        "RootGroup('fihris', commands=[act])(['act'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", source], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX closes the streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_as_good_as_none(closed, tmp_path):
    told = tmp_path / "told"
    source = (
        "import click, sys, os\n"
        "from fihris.web.cli import RootGroup\n"
        "def act():\n"
        f"    with open({str(told)!r}, 'w') as file:\n"
        "        click.echo('out')\n"
        "        click.echo('err', err=True)\n"
        "        os.write(1, b'out')\n"
        "        file.write(str(file.fileno() > 2))\n"
        "RootGroup('fihris', commands=[click.Command('act', callback=act)])(['act'])\n"
    )
    command = ["sh", "-c", f'exec "$0" -c "$1" {closed}', sys.executable, source]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, told.read_text()) == (0, "True")
    assert run.stderr in ("", "err\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking")
def test_a_request_to_end_is_met_in_order():
    source = (
        "import click, time\n"
        "from fihris.web.cli import RootGroup\n"
        "def act():\n"
        "    try:\n"
        "        print('begun', flush=True)\n"
        "        time.sleep(60)\n"
        "    finally:\n"
        "        print('cleared up')\n"
        "RootGroup('fihris', commands=[click.Command('act', callback=act)])(['act'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", source], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.terminate()
        assert process.stdout.read() == b"cleared up\n"
        assert process.stderr.read() == b""
        assert process.wait() == 143


def test_arabic_is_written_whatever_the_locale():
    source = (
        "import click\n"
        "from fihris.web.cli import RootGroup\n"
        f"act = click.Command('act', callback=lambda: print({'فهرس'!a}, chr(0xDC80)))\n"
        "RootGroup('fihris', commands=[act])(['act'])\n"
    )
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    environment = {**plain, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = python(source, env=environment, encoding="utf-8")
    assert run.stderr == ""
    assert run.stdout == "فهرس \\udc80\n"


def test_a_person_who_wants_no_colour_gets_none(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert run_command(lambda: click.echo(click.get_current_context().color)).stdout == "False\n"
