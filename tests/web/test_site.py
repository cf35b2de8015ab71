"""What all addresses of the site have in common: entity tags, kept answers, prefixes, origins."""

import json
from xml.etree import ElementTree

import pytest

from fihris.index import sync
from fihris.web.assets import shipped_assets
from fihris.web.discovery import SITEMAP_LINKS
from fihris.web.links import Language, ServerLinks
from fihris.web.questions import SearchQuestion

API = "/api/v1"
ATOM = "{http://www.w3.org/2005/Atom}"
TIED = ("/", "/?q=المياه", "/en/?q=المياه", "/sessions", "/feed.atom", f"{API}/search?q=المياه")


def index_titles(folder, *titles):
    source = folder.with_name(f"{len(titles)}-{titles[0]}.jsonl")
    records = ({"id": title, "title": title, "provisions": []} for title in titles)
    source.write_text("\n".join(map(json.dumps, records)), "utf-8")
    sync(folder, [source])


@pytest.mark.parametrize("path", TIED)
def test_who_has_an_answer_is_told_so_and_not_sent_it_again(client, path):
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_new_commit_makes_old_answers_and_tags_worthless(make_client, tmp_path):
    index_titles(tmp_path / "index", "one")
    client = make_client(tmp_path / "index")
    before = client.get(f"{API}/search?q=shared OR one OR two")
    index_titles(tmp_path / "index", "two")
    after = client.get(
        f"{API}/search?q=shared OR one OR two", headers={"If-None-Match": before.headers["etag"]}
    )
    assert after.status_code == 200
    assert (before.json()["total"], after.json()["total"]) == (1, 2)


def test_an_error_is_neither_kept_nor_tagged(client):
    answer = client.get(f"{API}/search?page=x")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_what_was_answered_is_kept_until_the_next_commit(make_client, tmp_path, monkeypatch):
    index_titles(tmp_path / "index", "one")
    asked = []
    monkeypatch.setattr(
        "fihris.web.api.resources.complete", lambda *given: asked.append(given) or ()
    )
    kept, unkept = make_client(tmp_path / "index"), make_client(tmp_path / "index", cache_bytes=0)
    for _ in range(3):
        kept.get(f"{API}/suggest?q=on")
    assert len(asked) == 1
    index_titles(tmp_path / "index", "two")
    kept.get(f"{API}/suggest?q=on")
    assert len(asked) == 2
    for _ in range(3):
        unkept.get(f"{API}/suggest?q=on")
    assert len(asked) == 5


def test_kept_answers_stay_within_their_bytes(make_client, specimen_index):
    client = make_client(specimen_index, cache_bytes=200_000)
    kept = client.app.state.site.kept
    for number in range(60):
        assert client.get(f"{API}/search?q=المياه&page={number + 1}").status_code == 200
        assert kept.held_bytes <= 200_000
    assert kept.held_bytes > 100_000


@pytest.mark.parametrize("taken_away", [True, False])
def test_a_site_under_a_prefix_has_it_in_every_link(make_client, specimen_index, taken_away):
    client = make_client(specimen_index, prefix="/fihris", public_url="https://example.org/fihris")
    at = "" if taken_away else "/fihris"
    for path in ("/", "/?q=المياه", "/en/?q=المياه", "/r/A/HRC/RES/91/4", "/sessions", "/about"):
        answer = client.get(at + path)
        assert answer.status_code == 200, path
        links = [link.split('"')[0] for link in answer.text.split('href="')[1:]]
        own = [link for link in links if link.startswith("/")]
        assert own
        assert not [link for link in own if not link.startswith("/fihris/")]
    assert client.get(f"{at}/nothing").status_code == 404
    found = client.get(f"{at}{API}/search?q=المياه").json()
    assert found["next"].startswith("https://example.org/fihris/api/v1/search?")
    feed = client.get(f"{at}/feed.atom").text
    assert "https://example.org/fihris/r/" in feed
    assert "127.0.0.1" not in feed


def test_a_prefix_without_its_slash_leads_to_the_site(make_client, specimen_index):
    client = make_client(specimen_index, prefix="/fihris")
    answer = client.get("/fihris")
    assert (answer.status_code, answer.headers["location"]) == (308, "/fihris/")


def test_a_public_server_answers_under_its_public_name(make_client, specimen_index):
    client = make_client(specimen_index, public_url="https://example.org")
    assert client.get("/health", headers={"Host": "example.org"}).status_code == 200
    assert client.get("/health", headers={"Host": "localhost:80"}).status_code == 200
    assert client.get("/health", headers={"Host": "other.org"}).status_code == 421


def test_scripts_of_other_sites_read_the_api_only_where_that_is_set(
    make_client, client, specimen_index
):
    asked = {"Origin": "https://friend.example"}
    assert "access-control-allow-origin" not in client.get(f"{API}/sessions", headers=asked).headers
    shared = make_client(specimen_index, cors_origins=("https://friend.example",))
    answer = shared.get(f"{API}/sessions", headers=asked)
    assert answer.headers["access-control-allow-origin"] == "https://friend.example"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in shared.get("/", headers=asked).headers
    other = shared.get(f"{API}/sessions", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers
    wanted = {**asked, "Access-Control-Request-Method": "POST"}
    assert shared.options(f"{API}/clause", headers=wanted).status_code == 200


def test_a_kept_answer_is_not_given_to_an_origin_with_the_headers_of_another(
    make_client, specimen_index
):
    shared = make_client(specimen_index, cors_origins=("https://a.example", "https://b.example"))
    for origin in ("https://a.example", "https://b.example", "https://a.example"):
        answer = shared.get(f"{API}/sessions", headers={"Origin": origin})
        assert answer.headers.get_list("access-control-allow-origin") == [origin]
    assert "access-control-allow-origin" not in shared.get(f"{API}/sessions").headers


def test_the_feed_of_a_question_has_the_latest_first(client):
    feed = ElementTree.fromstring(client.get("/feed.atom?q=المياه").content)
    days = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
    assert len(days) > 10
    assert days == sorted(days, reverse=True)
    identifiers = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(identifiers)) == len(identifiers)
    assert feed.findtext(f"{ATOM}title") == "فهرس: المياه"


def test_the_feed_of_no_question_has_the_latest_documents(client):
    feed = ElementTree.fromstring(client.get("/en/feed.atom").content)
    first = feed.find(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title").startswith("A/HRC/RES/103/8: ")
    assert first.find(f"{ATOM}link").get("href") == "http://127.0.0.1/en/r/A/HRC/RES/103/8"
    assert first.findtext(f"{ATOM}updated") == "2040-03-27T00:00:00Z"


def test_sitemaps_are_split(make_client, tmp_path, monkeypatch):
    assert SITEMAP_LINKS <= 50_000
    monkeypatch.setattr("fihris.web.discovery.SITEMAP_LINKS", 2)
    index_titles(tmp_path / "index", "one", "two", "three")
    client = make_client(tmp_path / "index")
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [element.text for element in index.iter() if element.tag.endswith("loc")]
    assert parts == [f"http://127.0.0.1/sitemap-{part}.xml" for part in (1, 2)]
    links = [
        element.text
        for part in parts
        for element in ElementTree.fromstring(client.get(part).content).iter()
        if element.tag.endswith("loc")
    ]
    assert len(set(links)) == len(links) == 3
    assert client.get("/sitemap-3.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_a_browser_can_take_the_site_for_a_search_engine(client):
    answer = client.get("/en/opensearch.xml")
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    urls = [element for element in ElementTree.fromstring(answer.content) if "Url" in element.tag]
    templates = {url.get("type"): url.get("template") for url in urls}
    assert templates["text/html"] == "http://127.0.0.1/en/?q={searchTerms}"
    for template in templates.values():
        assert client.get(template.replace("{searchTerms}", "المياه")).status_code == 200


def test_crawlers_are_told_where_the_documents_are(client):
    assert "Sitemap: http://127.0.0.1/sitemap.xml" in client.get("/robots.txt").text


def test_an_asset_is_kept_for_good_under_the_link_that_names_its_version(client):
    name = "icon.svg"
    link = ServerLinks(shipped_assets()).asset(name)
    lasting, plain = client.get(link), client.get(f"/static/{name}")
    assert lasting.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert lasting.content == plain.content
    known = {"If-None-Match": plain.headers["etag"]}
    assert client.get(f"/static/{name}", headers=known).status_code == 304


def test_a_question_is_written_into_an_address_and_read_back():
    question = SearchQuestion.read(
        [("q", " حقوق الإنسان "), ("organ", "GA"), ("organ", "HRC"), ("year", "..2021")]
    ).changed(page=3)
    read = SearchQuestion.read(question.parameters())
    assert read == question
    assert question.url_query().endswith("&organ=GA&organ=HRC&year=..2021&page=3")
    assert question.changed(level="exact").page == 1


def test_links_of_another_language_differ_in_one_place():
    links = ServerLinks(shipped_assets(), "https://example.org", "/f")
    english = links.in_language(Language.ENGLISH)
    assert links.resolution("A/HRC/RES/91/4", "OP1") == "/f/r/A/HRC/RES/91/4#OP1"
    assert english.resolution("A/HRC/RES/91/4", "OP1") == "/f/en/r/A/HRC/RES/91/4#OP1"
    assert english.absolute(english.session("SC", None)) == "https://example.org/f/en/sessions/SC/-"
