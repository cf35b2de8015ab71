"""``fihris export-site``: whole sites, whose every link leads somewhere, brought up to date."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from click.testing import CliRunner
from lxml import etree, html

from fihris.index import sync
from fihris.index.reader import open_index
from fihris.index.removal import remove
from fihris.index.specimens import specimens_folder
from fihris.web.cli import main
from fihris.web.shards.units import read_documents
from fihris.web.static_site.pages import sitemaps
from fihris.web.static_site.slugs import slug_of
from tests.web.conftest import SCRIPT

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://example.org/a/b/"
ATOM = "{http://www.w3.org/2005/Atom}"


def export(index: Path, out: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["export-site", str(out), "--index", str(index), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def site(specimen_index, tmp_path_factory) -> Path:
    """A site of the specimens that knows where it is, and works from a disk."""
    out = tmp_path_factory.mktemp("site") / "out"
    export(specimen_index, out, "--base", BASE, "--scripts")
    return out


@pytest.fixture(scope="module")
def placeless(specimen_index, tmp_path_factory) -> Path:
    """A site of the specimens that does not know where it is."""
    out = tmp_path_factory.mktemp("placeless") / "out"
    export(specimen_index, out)
    return out


@pytest.fixture(scope="module")
def hostile(hostile_index, tmp_path_factory) -> Path:
    """A site of documents that mean harm."""
    out = tmp_path_factory.mktemp("hostile-site") / "out"
    export(hostile_index, out)
    return out


def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Return every page by its name."""
    return {
        path.relative_to(site).as_posix(): html.fromstring(path.read_bytes())
        for path in sorted(site.rglob("*.html"))
    }


def broken_links(site: Path) -> list[str]:
    """Follow every link of every page on the disk, as seen from BASE; return what leads nowhere."""
    trees = pages(site)
    ids = {name: {*tree.xpath("//@id")} for name, tree in trees.items()}
    broken = []
    for name, tree in trees.items():
        assert tree.find(".//base") is None
        for attribute in ("href", "src", "action", "index", "data-documents"):
            for link in {*tree.xpath(f"//@{attribute}")}:
                whole = urlsplit(urljoin(BASE + name, link))
                path = whole.path.removeprefix(urlsplit(BASE).path)
                assert whole.geturl().startswith(BASE), f"{name} leads away: {link}"
                target = site / unquote(path)
                is_folder = attribute in ("index", "data-documents")
                found = target.is_dir() if is_folder else target.is_file()
                place = unquote(whole.fragment)
                if not found or (place and place not in ids[unquote(path)]):
                    broken.append(f"{name}: {link}")
    return broken


@pytest.mark.parametrize("kind", ["site", "placeless", "hostile"])
def test_every_link_and_every_anchor_leads_somewhere(kind, request):
    assert broken_links(request.getfixturevalue(kind)) == []


def test_the_page_for_what_is_not_there_works_at_any_depth(site):
    for name in ("404.html", "en/404.html"):
        links = [link for _, _, link, _ in pages(site)[name].iterlinks()]
        assert links
        assert all(link.startswith(("/a/b/", BASE, "#")) or "://" in link for link in links)


def test_every_hit_leads_to_its_paragraph(site, specimen_index):
    ids = {
        folder: {
            path.name: {one.get("id") for one in html.fromstring(path.read_bytes()).iter()}
            for path in (site / folder).iterdir()
        }
        for folder in ("r", "en/r")
    }
    units = 0
    for document in read_documents(open_index(specimen_index)):
        for unit in document.units:
            units += 1
            for folder in ids.values():
                found = folder[f"{slug_of(document.record.address)}.html"]
                assert not unit.paragraph.fragment or unit.paragraph.fragment in found
    assert units > 500


def test_the_two_languages_are_twins(site):
    trees = pages(site)
    arabic = {name for name in trees if not name.startswith("en/")}
    assert {f"en/{name}" for name in arabic} == trees.keys() - arabic
    for name in arabic:
        assert trees[name].get("lang") == "ar"
        assert trees[name].get("dir") == "rtl"
        assert trees[f"en/{name}"].get("dir") == "ltr"
        (twin,) = trees[name].cssselect("a.tongue")
        if not name.endswith("404.html"):
            assert twin.get("href") == f"{BASE}en/{name}"


def test_one_language_alone_has_no_switch(specimen_index, tmp_path):
    export(specimen_index, tmp_path / "out", "--language", "en", "--base", BASE)
    trees = pages(tmp_path / "out")
    assert not (tmp_path / "out" / "en").exists()
    assert {tree.get("lang") for tree in trees.values()} == {"en"}
    assert not any(tree.cssselect("a.tongue") for tree in trees.values())
    alternates = trees["about.html"].cssselect("link[hreflang]")
    assert [one.get("hreflang") for one in alternates] == ["en", "x-default"]
    assert broken_links(tmp_path / "out") == []


def test_the_language_that_is_named_first_is_at_the_root(specimen_index, tmp_path):
    export(specimen_index, tmp_path / "out", "--language", "en", "--language", "ar")
    trees = pages(tmp_path / "out")
    assert trees["index.html"].get("lang") == "en"
    assert trees["ar/index.html"].get("lang") == "ar"
    assert broken_links(tmp_path / "out") == []


def test_a_document_is_shown_as_the_server_shows_it(site, client):
    address = "A/HRC/RES/91/17"
    served = html.fromstring(client.get(f"/r/{address}").content)
    static = pages(site)[f"r/{slug_of(address)}.html"]
    for part in (".details", ".graph", ".notes", ".unit > p"):
        shown, written = (
            [" ".join(one.text_content().split()) for one in tree.cssselect(part)]
            for tree in (served, static)
        )
        assert written == shown
        assert shown


def test_what_needs_a_server_is_not_offered(site):
    for name, tree in pages(site).items():
        links = [element.get("href") or "" for element in tree.iter("a", "link")]
        assert not [link for link in links if "clause" in link or "api/" in link], name
        assert "" not in links
        assert not tree.cssselect("[data-suggestions]")


def test_the_page_of_the_language_tells_of_what_the_browser_knows(site):
    text = (site / "about.html").read_text("utf-8")
    assert "مدر*" in text
    assert "دورة:94" in text
    assert not [
        word
        for word in ("جذر:", "أسرة:", "فعل:", "=على", "استشهاد:", "الجذر", "وأقاربها")
        if word in text
    ]


def test_menus_are_of_what_documents_differ_by(site, tmp_path):
    law = {"id": "law-1", "title": "قانون المياه", "provisions": [{"ref": "1", "text": "نصّ"}]}
    (tmp_path / "laws.jsonl").write_text(json.dumps(law), "utf-8")
    sync(tmp_path / "index", [tmp_path / "laws.jsonl"])
    export(tmp_path / "index", tmp_path / "laws")
    for folder, menus in ((site, "organ session kind year"), (tmp_path / "laws", "kind year")):
        (box,) = html.fromstring((folder / "index.html").read_bytes()).cssselect("fihris-search")
        assert box.get("menus") == menus


def test_no_page_holds_a_script_or_a_style_of_its_own(hostile, site):
    for tree in (*pages(hostile).values(), *pages(site).values()):
        assert not tree.cssselect("style, [style]")
        assert all(script.get("src") and not script.text for script in tree.iter("script"))
        assert not [
            name for one in tree.iter(etree.Element) for name in one.attrib if name[:2] == "on"
        ]
        (policy,) = tree.cssselect("meta[http-equiv=Content-Security-Policy]")
        assert policy.get("content").startswith("default-src 'none'")


def test_hostile_addresses_stay_inside_the_site(hostile, hostile_index):
    names = {path.name for path in (hostile / "r").iterdir()}
    addresses = [one.record.address for one in read_documents(open_index(hostile_index))]
    assert names == {f"{slug_of(address)}.html" for address in addresses}
    assert not any(SCRIPT.encode() in path.read_bytes() for path in hostile.rglob("*.html"))


def twins(out):
    """Return the scripts that hold files of the search, by their names in its folder."""
    search = out / "search"
    names = {path.relative_to(search).as_posix() for path in search.rglob("*.*.js")}
    return {name for name in names if name.endswith((".bin.js", ".gz.js"))}


def test_from_a_disk_scripts_are_no_modules(site, placeless):
    for out, attribute in ((site, "defer"), (placeless, "type")):
        for tree in pages(out).values():
            assert {attribute} == {
                name for one in tree.iter("script") for name in one.attrib if name != "src"
            }
    assert twins(site) > {"fihris.json.gz.js", "texts/0.bin.js", "tables.bin.js"}
    assert not twins(placeless)


def test_with_a_base_there_are_canonical_links_and_a_sitemap(site):
    trees = pages(site)
    listed = etree.parse(site / "sitemap.xml").getroot().xpath("//*[local-name()='loc']/text()")
    assert {*listed} == {BASE + name for name in trees if not name.endswith("404.html")}
    for name, tree in trees.items():
        (canonical,) = tree.cssselect("link[rel=canonical]")
        if not name.endswith("404.html"):
            assert canonical.get("href") == BASE + name
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text()
    description = (site / "opensearch.xml").read_text("utf-8")
    assert f"{BASE}index.html?q={{searchTerms}}" in description


def test_without_a_base_nothing_absolute_is_claimed(placeless):
    assert not list(placeless.rglob("sitemap*"))
    assert not list(placeless.rglob("opensearch.xml"))
    for tree in pages(placeless).values():
        assert not tree.cssselect("link[rel=canonical]")
        assert not [
            link for _, _, link, _ in tree.iterlinks() if "://" in link and "schema.org" not in link
        ]


def test_many_pages_are_listed_in_several_sitemaps():
    where = [f"{BASE}{number}.html" for number in range(45)]
    made = dict(sitemaps(BASE, where, 20))
    assert [*made] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    locations = {
        name: etree.fromstring(content).xpath("//*[local-name()='loc']/text()")
        for name, content in made.items()
    }
    assert locations.pop("sitemap.xml") == [BASE + name for name in [*made][1:]]
    assert [one for part in locations.values() for one in part] == where


@pytest.mark.parametrize("kind", ["site", "placeless"])
def test_feeds_lead_to_the_documents(kind, request):
    out = request.getfixturevalue(kind)
    ids = []
    for name in ("feed.atom", "en/feed.atom", "feed-HRC.atom", "en/feed-SC.atom"):
        root = etree.parse(out / name).getroot()
        ids.append(root.findtext(f"{ATOM}id"))
        (own,) = root.findall(f"{ATOM}link[@rel='self']")
        assert urljoin(f"{BASE}{name}", own.get("href")) == f"{BASE}{name}"
        entries = root.findall(f"{ATOM}entry")
        assert entries
        for entry in entries:
            link = urljoin(f"{BASE}{name}", entry.find(f"{ATOM}link").get("href"))
            assert (out / unquote(link.removeprefix(BASE))).is_file()
            if "HRC" in name:
                assert "A_HRC_" in link
    assert len({*ids}) == len(ids)


def stamps(out: Path) -> dict[str, int]:
    return {
        path.relative_to(out).as_posix(): path.stat().st_mtime_ns
        for path in out.rglob("*")
        if path.is_file()
    }


def test_a_second_run_leaves_every_file_alone(specimen_index, tmp_path):
    out = tmp_path / "out"
    first = json.loads(export(specimen_index, out, "--scripts", "--json"))
    before = stamps(out)
    assert first["files"] == len(before) - 1  # but for the manifest
    assert first["documents"] == 25
    told = json.loads(export(specimen_index, out, "--scripts", "--json"))
    assert stamps(out) == before
    assert (told["written"], told["removed"]) == (0, 0)
    assert told["bytes"] == first["bytes"]


def test_a_later_run_takes_away_what_is_gone_and_only_that(tmp_path):
    index, out = tmp_path / "index", tmp_path / "out"
    sync(index, [specimens_folder()])
    export(index, out, "--scripts")
    (out / "CNAME").write_text("example.org")
    (out / "r" / "A_HRC_RES_1_1.html").write_text("of somebody else")
    before = stamps(out)
    remove(index, ["A/HRC/RES/91/17"])
    told = json.loads(export(index, out, "--json", "--language", "ar"))
    after = stamps(out)
    assert "r/A_HRC_RES_91_17.html" in before.keys() - after.keys()
    assert not [name for name in after if name.startswith("en/")]
    assert not twins(out)
    assert {"CNAME", "r/A_HRC_RES_1_1.html"} <= after.keys()
    assert told["removed"] == len(
        [name for name in before if not name.startswith("search/")]
    ) - len([name for name in after if not name.startswith("search/")])
    assert after["assets/fihris.css"] == before["assets/fihris.css"]
    assert not [path for path in out.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_an_export_that_is_killed_is_completed_by_the_next(specimen_index, tmp_path):
    out, whole = tmp_path / "out", tmp_path / "whole"
    export(specimen_index, whole)
    source = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from fihris.web.static_site import export_site\n"
        "def stop(progress):\n"
        "    if progress.done == 40: os.kill(os.getpid(), signal.SIGKILL)\n"
        "export_site(Path(sys.argv[1]), Path(sys.argv[2]), progress=stop)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source, str(specimen_index), str(out)], cwd=ROOT, check=False
    )
    assert done.returncode == (-signal.SIGKILL if os.name != "nt" else 1)
    assert 0 < len(stamps(out)) < len(stamps(whole))
    export(specimen_index, out)
    assert {name: (out / name).read_bytes() for name in stamps(out)} == {
        name: (whole / name).read_bytes() for name in stamps(whole)
    }


def test_an_empty_index_makes_an_empty_site(tmp_path):
    index = tmp_path / "index"
    sync(index, [specimens_folder()])
    remove(index, [one.record.address for one in read_documents(open_index(index))])
    export(index, tmp_path / "out", "--base", BASE)
    trees = pages(tmp_path / "out")
    assert {*trees} == {
        f"{folder}{name}.html"
        for folder in ("", "en/")
        for name in ("index", "about", "sessions", "404")
    }


def test_a_folder_with_something_else_in_it_is_refused(specimen_index, tmp_path):
    (tmp_path / "thesis.txt").write_text("precious")
    result = CliRunner().invoke(
        main, ["export-site", str(tmp_path), "--index", str(specimen_index)]
    )
    assert result.exit_code == 2
    assert "holds something that no export wrote" in result.output
    assert stamps(tmp_path).keys() == {"thesis.txt"}


@pytest.mark.parametrize(
    ("base", "fact"),
    [
        ("example.org", "is not like"),
        ("ftp://example.org", "is not like"),
        ("https://", "is not like"),
        ("https://[::1/", "is not like"),
        ("https://e.org:port/", "is not like"),
        ("https://e.org/?a", "is not like"),
        ('https://e.org/"', "no address may hold"),
        ("https://me:secret@e.org/", "names a user"),
        ("https://e.org/قرارات/", "percent signs"),
    ],
)
def test_a_base_that_no_link_can_begin_with_is_refused(specimen_index, tmp_path, base, fact):
    arguments = ["export-site", str(tmp_path / "o"), "--index", str(specimen_index), "--base", base]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert fact in " ".join(result.output.split())
    assert not (tmp_path / "o").exists()


_AS_NOBODY = """
import os, sys
from pathlib import Path
from fihris.web.static_site import export_site
index, place = Path(sys.argv[1]), Path(sys.argv[2])
export_site(index, place / "own")  # whatever is imported late may be closed to others
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
print(export_site(index, place / "out").documents)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no users to become")
def test_an_index_that_may_only_be_read_is_exported():
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to others
        place = Path(folder)
        sync(place / "index", [specimens_folder()])
        place.chmod(0o777)
        for path in (place / "index").iterdir():
            path.chmod(0o444)
        (place / "index").chmod(0o555)
        try:
            done = subprocess.run(
                [sys.executable, "-c", _AS_NOBODY, str(place / "index"), str(place)],
                cwd=ROOT,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            assert done.stdout == "25\n", done.stderr
            assert stamps(place / "out").keys() == stamps(place / "own").keys()
        finally:
            (place / "index").chmod(0o755)
