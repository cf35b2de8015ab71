"""Whatever documents, questions and requests hold, nothing runs, nothing leaks, nothing breaks."""

import csv
import io
import json
import re
from html import unescape
from urllib.parse import quote, unquote, urlencode
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fihris.web.security import CONTENT_SECURITY_POLICY
from fihris.web.settings import Limits
from tests.web.conftest import HOSTILE_DOCUMENTS, SCRIPT, run_serve

API = "/api/v1"
ATOM = "{http://www.w3.org/2005/Atom}"
#: Pages that show what the address holds; the place is marked by {}.
ECHOES = ("/?q={}", "/en/?q={}", "/clause?text={}", "/r/{}", "/sessions/{}/1", "/?organ={}", "/{}")
PAYLOADS = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "' onfocus=alert(1) autofocus='",
    "</title><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
)
# Every script of the site is a file: no page holds any of its own, nor a handler or a style.
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=|javascript:", re.I)


def tags(page: str) -> str:
    """Return the tags of a page, without the text between them and the values of attributes."""
    return re.sub(r'="[^"]*"', '=""', " ".join(re.findall(r"<[^>]*>", page)))


def runs_nothing(page: str) -> bool:
    structured_data = re.sub(
        r'<script type="application/ld\+json">.*?</script>', "", page, flags=re.S
    )
    return not _INLINE.search(tags(structured_data)) and "<img src=x" not in page


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_an_address_holds_stays_text(client, echo, payload):
    answer = client.get(echo.format(quote(payload, safe="")))
    assert answer.status_code < 500
    assert runs_nothing(answer.text), answer.text
    assert SCRIPT not in answer.text
    assert "49" not in re.sub(r"\d{3,}", "", answer.text) or "7*7" not in payload


@pytest.mark.parametrize("path", ["/?q=الموانئ", "/en/?q=الموانئ&group=none", "/sessions"])
def test_what_documents_hold_stays_text(hostile_client, path):
    page = hostile_client.get(path).text
    assert runs_nothing(page)
    assert SCRIPT not in page


def test_every_hostile_document_is_reached_by_its_link(hostile_index):
    with run_serve("--index", str(hostile_index)) as (_, port):
        site = f"http://127.0.0.1:{port}"
        asked = urlencode({"q": "الموانئ", "group": "none", "per_page": 50})
        with urlopen(f"{site}/?{asked}", timeout=10) as answer:
            page = answer.read().decode()
        links = {
            re.sub("#.*", "", unescape(link)) for link in re.findall(r'href="(/r/[^"]*)', page)
        }
        assert len(links) >= len(HOSTILE_DOCUMENTS)
        for link in links:
            with urlopen(site + link, timeout=10) as answer:
                assert runs_nothing(answer.read().decode()), link


def test_json_is_json_and_says_so(hostile_client):
    answer = hostile_client.get(f"{API}/search?q=الموانئ&group=none")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    texts = [hit["text"] for hit in answer.json()["hits"]]
    assert any(SCRIPT in text for text in texts)


def test_a_feed_is_well_formed_whatever_it_holds(hostile_client):
    answer = hostile_client.get("/feed.atom", params={"q": 'الموانئ OR "<&\x00\x0b]]>"'})
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) >= 5
    contents = [entry.findtext(f"{ATOM}content") for entry in entries]
    assert any(SCRIPT in content for content in contents)
    assert all(entry.find(f"{ATOM}content").get("type") == "text" for entry in entries)
    assert SCRIPT.encode() not in answer.content


def test_a_sitemap_holds_links_that_lead_somewhere(hostile_index):
    with run_serve("--index", str(hostile_index)) as (_, port):
        with urlopen(f"http://127.0.0.1:{port}/sitemap-1.xml", timeout=10) as answer:
            sitemap = ElementTree.fromstring(answer.read())
        links = [element.text for element in sitemap.iter() if element.tag.endswith("loc")]
        assert len(links) == len(HOSTILE_DOCUMENTS)
        for link in links:
            with urlopen(link, timeout=10) as answer:
                assert answer.status == 200


def test_no_cell_of_a_table_is_a_formula(hostile_client):
    table = hostile_client.get(f"{API}/search?q=الموانئ&group=none&format=csv").text
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert len(rows) > len(HOSTILE_DOCUMENTS)
    for row in rows:
        assert len(row) == len(rows[0])
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_no_header_can_be_smuggled_in(hostile_client):
    bad = "%0d%0aX-Bad: 1"
    for path in (f"/?q={bad}", f"/r/{bad}", f"{API}/search?format=csv&q={bad}", f"/static/{bad}"):
        answer = hostile_client.get(path)
        assert "x-bad" not in answer.headers
        assert not any("\r" in value or "\n" in value for value in answer.headers.values())


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/....//app.py",
        "/static//etc/passwd",
        "/static/C:%5cwindows",
        "/static/fihris.css%00.js",
        "/static/",
    ],
)
def test_no_path_leads_out_of_the_assets(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "def " not in answer.text


@pytest.mark.parametrize("path", ["/", "/nothing", f"{API}/search?page=x", "/feed.atom", "/health"])
def test_every_answer_tells_browsers_what_it_may_do(client, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_a_page_loads_nothing_from_elsewhere(client):
    for path in ("/", "/?q=المياه", "/r/A/HRC/RES/91/4", "/about", "/clause", "/sessions"):
        page = client.get(path).text
        loaded = re.findall(r'<(?:script|link|img|iframe|source)[^>]*?(?:src|href)="([^"]*)"', page)
        outside = [link for link in loaded if "//" in link.replace("http://127.0.0.1/", "/")]
        assert not outside


def test_a_failure_is_told_without_its_traceback(make_client, specimen_index, monkeypatch):
    def fail(*arguments, **options):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("fihris.web.api.resources.answer_search", fail)
    client = make_client(specimen_index)
    for path in (f"{API}/search?q=1", f"{API}/facets?q=1"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert answer.json()["code"] == "failure"
        assert answer.headers["content-security-policy"]
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text


def test_a_failing_error_page_is_replaced_by_what_cannot_fail(client, monkeypatch):
    def fail(*arguments):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("fihris.web.pages.error_page", fail)
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_nothing_is_told_of_the_machine_where_there_is_no_index(make_client, tmp_path):
    client = make_client(tmp_path / "no-such-folder")
    for path in ("/", f"{API}/search?q=1", "/health", "/feed.atom", "/sitemap.xml"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert "no-such-folder" not in answer.text


def test_an_address_that_is_too_long_is_refused(client):
    assert client.get("/?q=" + "x" * 62_000).status_code == 414
    assert client.get("/" + "x" * 62_000).status_code == 414


def test_headers_that_are_too_long_are_refused(client):
    assert client.get("/", headers={"X": "x" * 90_000}).status_code == 200
    assert client.get("/", headers={"X": "x" * 99_000}).status_code == 431
    many = {f"X-{number}": "x" * 1_000 for number in range(100)}
    assert client.get("/api/v1/sessions", headers=many).json()["code"] == "headers_too_long"


def test_a_body_that_is_too_large_is_refused_announced_or_not(make_client, specimen_index):
    client = make_client(specimen_index, limits=Limits(per_second=0, body_bytes=1000))
    announced = client.post(f"{API}/clause", content=b"x" * 1001)
    pieces = client.post(f"{API}/clause", content=iter([b"x" * 600] * 3))
    lying = client.post(f"{API}/clause", content=b"{}", headers={"Content-Length": "-1"})
    assert [answer.status_code for answer in (announced, pieces, lying)] == [413, 413, 413]


def test_a_client_that_asks_too_often_is_told_to_wait(make_client, specimen_index):
    client = make_client(specimen_index, limits=Limits(per_second=0.001, burst=3))
    statuses = [client.get("/api/v1/sessions").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert client.get("/health").status_code == 200  # whoever watches is never locked out


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "[::2]"])
def test_a_server_for_this_machine_answers_to_no_other_name(client, host):
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert host not in answer.text


@pytest.mark.parametrize("host", ["a b", 'x"><script>', "x/../y", "x@y", "", "x" * 300, "[::1"])
def test_a_host_that_makes_no_sense_is_in_no_link(make_client, specimen_index, host):
    client = make_client(specimen_index, host="0.0.0.0")
    answer = client.get("/feed.atom", headers={"Host": host})
    assert answer.status_code == (400 if host else 200)
    assert "http://" not in answer.text.replace("http://www.w3.org/", "")


def test_what_a_proxy_is_said_to_say_is_not_believed(client):
    forged = {
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "javascript",
        "Forwarded": "host=evil.example",
        "X-Original-URL": "/evil",
    }
    for path in ("/", "/feed.atom", "/sitemap.xml", "/opensearch.xml", "/robots.txt"):
        assert "evil" not in client.get(path, headers=forged).text


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_no_question_is_an_error(client, question):
    for path in ("/", "/en/", f"{API}/search", f"{API}/facets", f"{API}/suggest", "/feed.atom"):
        answer = client.get(path, params={"q": question})
        assert answer.status_code == 200, (path, question)
    ElementTree.fromstring(answer.content)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=60))
def test_no_bytes_in_an_address_are_a_failure(client, noise):
    for path in (
        "/?q={}",
        "/?{}",
        "/r/{}",
        "/{}",
        f"{API}/paragraph/{{}}",
        f"{API}/search?year={{}}",
    ):
        assert client.get(path.format(quote(noise))).status_code < 500


def test_links_of_any_address_lead_back_to_it():
    from fihris.web.assets import shipped_assets
    from fihris.web.links import ServerLinks

    links = ServerLinks(shipped_assets())
    for document in HOSTILE_DOCUMENTS:
        link = links.resolution(document["id"], "1#")
        path, _, fragment = link.partition("#")
        assert unquote(fragment) == "1#"
        assert json.dumps(path).isascii()
        assert not re.search(r"[\s\"'<>\\]", path)
