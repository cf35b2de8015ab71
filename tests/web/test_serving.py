"""A server as a process: how it starts, stops, waits, and follows its index."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from urllib.request import urlopen

import pytest

from fihris.index import sync
from tests.web.conftest import ROOT, run_serve, run_server

IMPATIENT = """
import sys
from pathlib import Path
from fihris.web.server import listen, run
from fihris.web.settings import Limits, ServeSettings
settings = ServeSettings(Path(sys.argv[1]), port=0, limits=Limits(idle_seconds=1, seconds=2))
with listen(settings) as listening:
    run(settings, listening, print)
"""


def get(port, path="/health"):
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return json.load(answer)


def write(path, *titles):
    records = [{"id": title, "title": title, "provisions": []} for title in titles]
    path.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    return path


def ends(connection, within):
    """Tell whether the server ends the connection in so many seconds."""
    connection.settimeout(within)
    try:
        while connection.recv(65_536):
            continue
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True
    return True


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that can be caught")
def test_a_server_says_where_it_is_and_ends_when_told(specimen_index, workers):
    with run_serve("--index", str(specimen_index), "--workers", workers) as (process, port):
        assert get(port)["units"] == 570
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 0
        assert said == ""


def test_ctrl_c_ends_a_server_as_it_ends_every_command(specimen_index):
    with run_serve("--index", str(specimen_index)) as (process, port):
        get(port)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 130
        assert said == "fihris: interrupted.\n"


def test_an_answer_under_way_is_sent_before_the_end(specimen_index):
    with run_serve("--index", str(specimen_index)) as (process, port):
        get(port)  # it has begun to accept
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.putrequest("POST", "/api/v1/clause")
            connection.putheader("Content-Length", "2")
            connection.endheaders()
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            connection.send(b"{}")
            assert connection.getresponse().status == 200
        assert process.wait(20) == 0


def run_failing(*arguments):
    source = "from fihris.web.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", source, "serve", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_port_that_is_taken_is_one_line_and_code_2(specimen_index):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        run = run_failing("--index", str(specimen_index), "--port", port)
    assert run.returncode == 2
    assert run.stderr.startswith(f"fihris: 127.0.0.1, port {port} cannot be listened at: ")
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "no.such.host.invalid"], "Name another --host"),
        (["--prefix", "no slash"], "is no path"),
        (["--public-url", "ftp://x"], "is no address of a site"),
        (["--public-url", "https://x/?q"], "is no address of a site"),
        (["--public-url", "https://user@x/"], "is no address of a site"),
        (["--cors", "everyone"], "is no origin"),
        (["--port", "70000"], "70000"),
    ],
)
def test_an_option_that_makes_no_sense_is_told(specimen_index, arguments, said):
    run = run_failing("--index", str(specimen_index), *arguments)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_there_must_be_an_index_to_begin_with(tmp_path):
    run = run_failing("--index", str(tmp_path / "none"))
    assert run.returncode == 2
    assert "there is no index here yet" in run.stderr


def test_a_new_commit_is_served_within_a_second(tmp_path):
    index = tmp_path / "index"
    sync(index, [write(tmp_path / "one.jsonl", "first")])
    with run_serve("--index", str(index), "--workers", "2") as (_, port):
        before = get(port)
        sync(index, [write(tmp_path / "two.jsonl", "second")])
        time.sleep(0.5)
        for _ in range(6):  # both workers
            after = get(port)
            assert after["units"] == before["units"] + 1
            assert after["commit"] != before["commit"]


def test_an_index_may_be_replaced_or_be_away_for_a_while(tmp_path):
    index, other, away = tmp_path / "index", tmp_path / "other", tmp_path / "away"
    sync(index, [write(tmp_path / "one.jsonl", "first")])
    sync(other, [write(tmp_path / "two.jsonl", "second", "third")])
    with run_serve("--index", str(index)) as (_, port):
        assert get(port)["units"] == 1
        index.rename(away)
        with pytest.raises(OSError, match="503"):
            get(port)
        other.rename(index)
        assert get(port)["units"] == 2
        shutil.rmtree(index)
        away.rename(index)
        assert get(port)["units"] == 1


SLOW_REQUESTS = {
    "nothing at all": b"",
    "half a line": b"GET / HT",
    "headers without an end": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
    "half of a second request": b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HT",
}


@pytest.fixture(scope="module")
def impatient(specimen_index):
    """The port of a server that waits a second for its clients, and two for an answer."""
    with run_server(IMPATIENT, str(specimen_index)) as (_, port):
        get(port)
        yield port


@pytest.mark.parametrize("sent", SLOW_REQUESTS.values(), ids=SLOW_REQUESTS)
def test_a_client_that_does_not_finish_its_request_is_let_go(impatient, sent):
    with closing(socket.create_connection(("127.0.0.1", impatient))) as connection:
        connection.sendall(sent)
        assert ends(connection, within=5)


def test_a_client_that_sends_a_byte_now_and_then_is_let_go_too(impatient):
    with closing(socket.create_connection(("127.0.0.1", impatient))) as connection:
        began = time.monotonic()
        with pytest.raises(OSError):
            for byte in b"GET / HTTP/1.1\r\nX-Slow: " + b"x" * 100:
                connection.sendall(bytes([byte]))
                time.sleep(0.1)
        assert time.monotonic() - began < 6


def test_a_client_that_never_reads_is_let_go(impatient):
    request = b"GET /api/v1/search?per_page=100&q=%D9%85%D9%86 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with closing(socket.socket()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", impatient))
        connection.sendall(request * 400)
        time.sleep(5)
        taken = 0
        with suppress(ConnectionError):
            while piece := connection.recv(65_536):
                taken += len(piece)
        assert taken < 400 * 40_000  # the rest was never made


def test_a_body_that_does_not_come_is_not_waited_for(impatient):
    with closing(socket.create_connection(("127.0.0.1", impatient))) as connection:
        connection.sendall(
            b"POST /api/v1/clause HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"
        )
        connection.settimeout(6)
        assert b" 503 " in connection.recv(65_536)


MALFORMED = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "two lengths": (
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
    ),
    "length and chunks": (
        b"POST /api/v1/clause HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"
    ),
    "a folded header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a header without an end": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 200_000,
    "a path of bytes": b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a bare line feed": b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",
}


@pytest.mark.parametrize("sent", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_request_harms_nobody(impatient, sent):
    with closing(socket.create_connection(("127.0.0.1", impatient))) as connection:
        connection.settimeout(6)
        try:
            connection.sendall(sent)
            answer = connection.recv(65_536)
        except ConnectionError:
            answer = b""
    assert not answer or int(answer[9:12]) < 500
    assert b"Traceback" not in answer
    assert get(impatient)["status"] == "ok"
