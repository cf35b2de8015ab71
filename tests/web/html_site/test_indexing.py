"""A folder of pages gets a search of its own, whatever the folder and the pages hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from fihris.index.errors import PlaceTaken, SourceMalformed, SourceMissing
from fihris.web.cli import main
from fihris.web.html_site import PagesReport, Selection, index_site
from fihris.web.html_site.pages import page_address
from tests.web.shards.unpacking import Shards

PAGE = "<html lang=ar><h1>{title}</h1><p id=p>{text}"


def write(site: Path, name: str, text: str = "كلام في صفحة", title: str = "صفحة") -> Path:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(title=title, text=text), "utf-8")
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return what stands under *folder*, by name; links by what they point to."""
    return {
        str(path.relative_to(folder)): str(path.readlink()).encode()
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def addresses(report: PagesReport) -> list[str]:
    """Return the addresses of the pages that can be found, in order."""
    blocks = Shards(report.folder).blocks()
    return list(dict.fromkeys(document[1] for block in blocks for document in block.documents))


def test_every_page_is_found_under_its_path(tmp_path: Path) -> None:
    for name in ("index.html", "دليل/صفحة 1.htm", "a/b.xhtml", "100%/سؤال؟#.html", "notes.txt"):
        write(tmp_path, name)
    report = index_site(tmp_path)
    assert addresses(report) == [
        "index.html",
        "100%25/سؤال؟%23.html",
        "a/b.xhtml",
        "دليل/صفحة%201.htm",
    ]
    assert Shards(report.folder).root["pages"] == "../"


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_gives_its_bytes() -> None:
    assert page_address(Path(os.fsdecode(b"\xff.html"))) == "%FF.html"


def test_a_colon_in_a_name_is_no_scheme() -> None:
    assert page_address(Path("mailto:x.html")) == "mailto%3Ax.html"


def test_an_index_deeper_in_the_site_knows_the_way_up(tmp_path: Path) -> None:
    write(tmp_path, "index.html")
    report = index_site(tmp_path, "assets/search")
    assert Shards(report.folder).root["pages"] == "../../"


def test_a_second_run_changes_no_byte_and_no_time(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path, f"{number}.html", f"كلام رقم {number}")
    folder = index_site(tmp_path).folder
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.bin")}
    index_site(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.bin")} == before


def test_what_no_page_says_any_more_is_gone(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "كلام")
    gone = write(tmp_path, "b.html", " ".join(f"كلمة{n}" for n in range(20_000)))
    many = index_site(tmp_path).files
    gone.unlink()
    report = index_site(tmp_path)
    assert report.files < many
    assert addresses(report) == ["a.html"]


def test_pages_for_nobody_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "index.html")
    write(tmp_path, "404.html")
    write(tmp_path, "laws/404.html")
    write(tmp_path, ".cache/page.html")
    write(tmp_path, "drafts/new.html")
    (tmp_path / "old.html").write_text("<meta http-equiv=refresh content='0;url=index.html'>انتقل")
    (tmp_path / "frames.html").write_text("<frameset><frame src=index.html></frameset>")
    (tmp_path / "empty.html").write_text("<p></p>")
    report = index_site(tmp_path, selection=Selection(excluded=("drafts/*",)))
    assert addresses(report) == ["index.html", "laws/404.html"]
    assert report.silent == ("empty.html", "frames.html", "old.html")
    assert report.left_out == ("drafts/new.html",)


def test_a_language_is_chosen_with_all_its_regions(tmp_path: Path) -> None:
    for language in ("ar", "ar-EG", "en", "arc"):
        (tmp_path / f"{language}.html").write_text(f"<html lang={language}><p>نصّ")
    assert addresses(index_site(tmp_path, selection=Selection(languages=("AR",)))) == [
        "ar-EG.html",
        "ar.html",
    ]


def test_a_page_with_a_mark_leaves_out_those_without(tmp_path: Path) -> None:
    write(tmp_path, "a.html")
    (tmp_path / "b.html").write_text("<p>متروك<div data-fihris-body><p>مطلوب</div>", "utf-8")
    report = index_site(tmp_path)
    assert addresses(report) == ["b.html"]
    assert report.left_out == ("a.html",)


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", "secret.html")
    site = tmp_path / "site"
    write(site, "index.html")
    (site / "loop").symlink_to(site, target_is_directory=True)
    (site / "out").symlink_to(outside.parent, target_is_directory=True)
    (site / "out.html").symlink_to(outside)
    (site / "nowhere.html").symlink_to("nowhere")
    assert addresses(index_site(site)) == ["index.html"]


def test_a_site_may_itself_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "built", "index.html")
    (tmp_path / "site").symlink_to("built", target_is_directory=True)
    assert addresses(index_site(tmp_path / "site")) == ["index.html"]


@pytest.mark.parametrize("name", ["..", "../other", "", ".", "a/../../b", "/elsewhere"])
def test_nothing_is_written_beside_the_site(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    write(site, "index.html")
    before = snapshot(tmp_path)
    with pytest.raises(PlaceTaken):
        index_site(site, name)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("link", ["fihris", "fihris/texts", "fihris/texts/0.bin", "fihris/x.new"])
def test_nothing_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    site = tmp_path / "site"
    write(site, "index.html")
    folder = index_site(site).folder
    target = tmp_path / "elsewhere"
    place = site / link
    if place.is_dir() or "." not in place.name:
        place.rename(target)
    else:
        target.write_bytes(b"precious")
        place.unlink(missing_ok=True)
    place.symlink_to(target)
    write(site, "other.html", "كلام آخر")
    before = snapshot(tmp_path)
    with pytest.raises(PlaceTaken):
        index_site(site)
    assert snapshot(tmp_path) == before
    assert folder == site / "fihris"


@pytest.mark.parametrize("held", ["fihris/index.html", "fihris"])
def test_a_folder_of_pages_with_the_name_of_the_index_is_left_alone(
    tmp_path: Path, held: str
) -> None:
    write(tmp_path, "index.html")
    write(tmp_path, held)
    before = snapshot(tmp_path)
    with pytest.raises(PlaceTaken, match="--output"):
        index_site(tmp_path)
    assert snapshot(tmp_path) == before
    assert "index.html" in addresses(index_site(tmp_path, "search"))


def test_what_a_run_that_was_killed_has_left_is_written_over(tmp_path: Path) -> None:
    write(tmp_path, "index.html")
    folder = index_site(tmp_path).folder
    (folder / "fihris.json.gz").rename(folder / "fihris.json.gz.new")
    (folder / "texts" / "0.bin").write_bytes(b"half")
    assert addresses(index_site(tmp_path)) == ["index.html"]


def test_pages_are_only_read(tmp_path: Path) -> None:
    write(tmp_path, "a/index.html")
    write(tmp_path, "b.html")
    before = snapshot(tmp_path)
    index_site(tmp_path)
    after = snapshot(tmp_path)
    assert {name: after[name] for name in before} == before
    assert all(Path(name).parts[0] == "fihris" for name in after.keys() - before.keys())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\0",
        b"\xff\xfe\xfd" * 100,
        b"<",
        b"<!doctype html>",
        b"<p>" + b"<div>" * 3_000,
        b"<a href='" * 500,
        b"<table><tr><td>" * 300 + b"\xd9\x85",
        b"<p>\xd9\x85" + b"<b id=x>" * 1_500,
        b"<!-- " + b"<p>" * 1_000,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
    ],
)
def test_a_page_of_any_bytes_stops_no_other(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, "index.html")
    (tmp_path / "odd.html").write_bytes(content)
    report = index_site(tmp_path)
    assert "index.html" in addresses(report)


def test_a_page_of_fifty_megabytes_is_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path, "index.html")
    with (tmp_path / "huge.html").open("wb") as stream:
        stream.write(b"<p>")
        stream.truncate(50_000_000)
    report = index_site(tmp_path)
    (refusal,) = report.refused
    assert refusal.path.name == "huge.html"
    assert "16 MiB" in refusal.reason
    assert addresses(report) == ["index.html"]


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes in folders there")
def test_a_pipe_is_no_page(tmp_path: Path) -> None:
    write(tmp_path, "index.html")
    os.mkfifo(tmp_path / "pipe.html")
    assert [refusal.path.name for refusal in index_site(tmp_path).refused] == ["pipe.html"]


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="nothing is closed to this user",
)
def test_a_closed_page_and_a_closed_folder_are_told(tmp_path: Path) -> None:
    write(tmp_path, "index.html")
    write(tmp_path, "closed/page.html")
    write(tmp_path, "closed.html").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        assert len(index_site(tmp_path).refused) == 2
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_page_in_an_old_encoding_is_read_as_it_declares(tmp_path: Path) -> None:
    page = "<meta charset=windows-1256><p>كلام من زمن مضى"
    (tmp_path / "old.html").write_bytes(page.encode("cp1256"))
    report = index_site(tmp_path)
    (block,) = Shards(report.folder).blocks()
    assert "كلام من زمن مضى" in [unit.text for unit in block.units]


def test_a_page_that_writes_no_tags_of_head_and_body_is_found_whole(tmp_path: Path) -> None:
    start = "<!doctype html><title>الحديقة</title><meta charset=utf-8>"
    page = f"{start}<details><summary>المواعيد</summary><p>صباحاً</p></details><p>ومساءً"
    (tmp_path / "a.html").write_text(page, "utf-8")
    (block,) = Shards(index_site(tmp_path).folder).blocks()
    assert [unit.text for unit in block.units] == ["الحديقة", "المواعيد", "صباحاً", "ومساءً"]


def test_a_page_without_any_title_has_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "عن الموقع.html").write_text("<p>كلام بلا عنوان", "utf-8")
    report = index_site(tmp_path)
    (block,) = Shards(report.folder).blocks()
    assert block.documents[0][2] == "عن الموقع"


def test_pages_with_equal_names_in_many_folders_stay_apart(tmp_path: Path) -> None:
    for number in range(200):
        write(tmp_path, f"folder{'x' * number}/index.html", "كلام واحد")
    report = index_site(tmp_path)
    assert report.pages == 200
    assert len(addresses(report)) == 200


def test_a_folder_that_is_missing_or_holds_no_page_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        index_site(tmp_path / "nowhere")
    with pytest.raises(SourceMissing):
        index_site(write(tmp_path / "other", "page.html"))
    (tmp_path / "site").mkdir()
    with pytest.raises(SourceMalformed):
        index_site(tmp_path / "site")
    assert list((tmp_path / "site").iterdir()) == []


def test_the_command_tells_what_became_of_the_pages(tmp_path: Path) -> None:
    write(tmp_path, "index.html")
    (tmp_path / "bad.html").write_bytes(b"\0" * 99)
    result = CliRunner().invoke(main, ["index-html", str(tmp_path), "--json"])
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["pages"], told["passages"]) == (1, 2)
    assert [Path(one["path"]).name for one in told["refused"]] == ["bad.html"]
    assert "bad.html" in result.stderr
    lines = CliRunner().invoke(main, ["index-html", str(tmp_path)]).stdout
    assert str(tmp_path / "fihris") in lines


def test_scripts_once_written_stay_in_step_with_the_files(tmp_path: Path) -> None:
    write(tmp_path, "index.html")
    runner = CliRunner()
    assert runner.invoke(main, ["index-html", str(tmp_path), "--scripts"]).exit_code == 0
    twin = tmp_path / "fihris" / "texts" / "0.bin.js"
    before = twin.read_bytes()
    write(tmp_path, "index.html", "كلام آخر")
    assert runner.invoke(main, ["index-html", str(tmp_path)]).exit_code == 0
    assert twin.read_bytes() != before


def test_the_command_says_in_one_line_why_it_cannot_begin(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["index-html", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert result.stderr.startswith("fihris: ")
