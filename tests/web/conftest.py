"""A site over the specimens, one over hostile documents, and clients that ask them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from fihris.index import sync
from fihris.index.specimens import specimens_folder
from fihris.web.app import create_app
from fihris.web.settings import Limits, ServeSettings

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "<script>alert(1)</script>"
#: What each of these would do where it is not escaped is plain to see.
HOSTILE_DOCUMENTS = (
    {
        "id": f'"><img src=x onerror=alert(1)>{SCRIPT}',
        "title": f"{SCRIPT} قانون الموانئ & «]]>»",
        "provisions": [
            {"ref": '"><b>', "text": f"{SCRIPT} الموانئ & <![CDATA[ ]]> \x01\x0b"},
            {"ref": "javascript:alert(1)", "text": '=HYPERLINK("http://x") الموانئ'},
        ],
    },
    {"id": "../../etc/passwd", "title": "@SUM(1) الموانئ", "provisions": []},
    {"id": "law//5\\..#2", "title": "الموانئ {{ 7*7 }} ${7*7}", "provisions": []},
    {
        "id": "law?x=1&y=2#3",
        "title": "+1 الموانئ",
        "provisions": [{"ref": "1", "text": "-1 الموانئ"}],
    },
    {"id": "%2e%2e/%0d%0aX-Bad: 1", "title": "الموانئ\r\nX-Bad: 1", "provisions": []},
)


@pytest.fixture(scope="session")
def specimen_index(tmp_path_factory) -> Path:
    """The folder of an index of the specimens; nothing writes to it."""
    folder = tmp_path_factory.mktemp("specimens")
    sync(folder, [specimens_folder()])
    return folder


@pytest.fixture(scope="session")
def hostile_index(tmp_path_factory) -> Path:
    """The folder of an index of documents that mean harm."""
    folder = tmp_path_factory.mktemp("hostile")
    source = tmp_path_factory.mktemp("sources") / "hostile.jsonl"
    lines = (json.dumps(document, ensure_ascii=False) for document in HOSTILE_DOCUMENTS)
    source.write_text("\n".join(lines), "utf-8")
    report = sync(folder, [source])
    assert report.documents == len(HOSTILE_DOCUMENTS)
    return folder


@pytest.fixture(scope="session")
def make_client():
    """What makes a client of a site: an index folder, and settings that differ from the defaults.

    It does not follow redirects, and what fails in the server fails in the answer.
    """

    def make(index: Path, *, limits: Limits = Limits(per_second=0), **settings) -> TestClient:  # noqa: B008
        app = create_app(ServeSettings(index, limits=limits, **settings))
        return TestClient(
            app,
            base_url="http://127.0.0.1",
            raise_server_exceptions=False,
            follow_redirects=False,
        )

    return make


@pytest.fixture(scope="session")
def client(make_client, specimen_index) -> TestClient:
    """A client of a site over the specimens."""
    return make_client(specimen_index)


@pytest.fixture(scope="session")
def hostile_client(make_client, hostile_index) -> TestClient:
    """A client of a site over documents that mean harm."""
    return make_client(hostile_index)


@contextmanager
def run_server(source: str, *arguments: str):
    """Run a program that serves and says where on its first line; give process and port."""
    process = subprocess.Popen(
        [sys.executable, "-c", source, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        yield process, urlsplit(line.split()[-1]).port
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


@contextmanager
def run_serve(*arguments: str):
    """Run ``fihris serve`` on a free port; give process and port."""
    source = "from fihris.web.cli import main; main()"
    with run_server(source, "serve", "--port=0", *arguments) as served:
        yield served
