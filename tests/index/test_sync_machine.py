"""Whatever happens in the folders, and in whatever runs, the index is as a new one."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fihris.index.ledger import LEDGER
from fihris.index.pruning import Prune
from fihris.index.reader import open_index
from fihris.index.rebuild import rebuild
from fihris.index.removal import remove
from fihris.index.report import SyncReport
from fihris.index.resolution import Resolution
from fihris.index.synchronize import foresee, sync

ROOTS = st.sampled_from(["x", "y"])
TEXT_NAMES = st.sampled_from(["a.txt", "b.txt", "sub/a.txt"])
COLLECTION_NAMES = st.sampled_from(["a.jsonl", "b.jsonl"])
WORDS = ("منارة", "سد", "قرية")
BODIES = st.sampled_from([f"عنوان النص\n\nنص عن {word} بعيدة" for word in WORDS])
# The same symbol may stand in several texts, with the same words or with others.
MASTHEADS = st.sampled_from(["", "A/HRC/RES/91/4\n\n", "A/HRC/RES/92/7\n\n"])
LINES = st.lists(
    st.tuples(
        st.sampled_from(["law-1", "law-2", "A/HRC/RES/91/4"]),
        st.sampled_from(WORDS),
        st.sampled_from(["2030", "أمس"]),
    ),
    max_size=4,
)


def documents(folder: Path) -> dict[str, tuple[Resolution | None, str, int]]:
    """Return each document whole, where it came from and how long it is said to be."""
    if not folder.exists():
        return {}
    reader = open_index(folder)
    return {
        record.document.address: (
            reader.document(record.document.address),
            record.stamp.path,
            record.paragraph_count,
        )
        for record in reader.records()
    }


def hits(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Return for each word the units that a search for it finds."""
    import tantivy

    if not folder.exists():
        return {word: [] for word in WORDS}
    reader = open_index(folder)
    searcher = reader.searcher()
    found = {}
    for word in WORDS:
        query = tantivy.Query.term_query(reader.schema, "exact", word)
        places = [place for _, place in searcher.search(query, 1_000).hits]
        units = [reader.unit(searcher, place) for place in places]
        found[word] = sorted((unit.doc, unit.paragraph.fragment) for unit in units)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def outcome(report: SyncReport) -> tuple[object, ...]:
    return (
        report.added,
        report.unchanged,
        report.replaced,
        report.moved,
        report.removed,
        report.refused,
        report.changes,
    )


class Folders(RuleBasedStateMachine):
    """Two folders of sources, which may claim the same addresses, and one index of both."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.index = self.folder / "index"
        self.old_ledger: bytes | None = None
        self.clock = 1_000
        for root in ("x", "y"):
            (self.folder / root).mkdir()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def write(self, root: str, name: str, content: str, settled: bool) -> None:
        path = self.folder / root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
        if settled:  # else the file is so fresh that its time proves nothing
            self.clock += 1
            os.utime(path, (self.clock, self.clock))

    @rule(root=ROOTS, name=TEXT_NAMES, masthead=MASTHEADS, body=BODIES, settled=st.booleans())
    def write_a_text(self, root, name, masthead, body, settled):
        self.write(root, name, masthead + body, settled)

    @rule(root=ROOTS, name=COLLECTION_NAMES, lines=LINES, settled=st.booleans())
    def write_a_collection(self, root, name, lines, settled):
        laws = [
            {"id": law, "title": word, "date": date, "provisions": [{"ref": "1", "text": word}]}
            for law, word, date in lines
        ]
        content = "".join(f"{json.dumps(law, ensure_ascii=False)}\n" for law in laws)
        self.write(root, name, content, settled)

    def existing(self) -> list[Path]:
        return sorted(p for root in ("x", "y") for p in (self.folder / root).rglob("*.*"))

    @precondition(lambda self: self.existing())
    @rule(data=st.data())
    def delete_a_file(self, data):
        data.draw(st.sampled_from(self.existing())).unlink()

    @precondition(lambda self: self.existing())
    @rule(data=st.data(), root=ROOTS, copy=st.booleans())
    def rename_or_copy_a_file(self, data, root, copy):
        path = data.draw(st.sampled_from(self.existing()))
        names = TEXT_NAMES if path.suffix == ".txt" else COLLECTION_NAMES
        target = self.folder / root / data.draw(names)
        target.parent.mkdir(exist_ok=True)
        if copy and target != path:
            shutil.copy2(path, target)
        else:
            path.rename(target)

    @rule(roots=st.permutations(["x", "y"]), count=st.integers(1, 2), pruned=st.booleans())
    def notice_some_of_it(self, roots, count, pruned):
        prune = Prune.CAREFULLY if pruned else Prune.NEVER
        before = files(self.index)
        paths = [self.folder / root for root in roots[:count]]
        foreseen = foresee(self.index, paths, prune=prune)
        assert files(self.index) == before
        assert outcome(sync(self.index, paths, prune=prune)) == outcome(foreseen)

    @rule(roots=st.permutations(["x", "y"]), together=st.booleans())
    def notice_everything(self, roots, together):
        paths = [self.folder / root for root in roots]
        for named in [paths] if together else [[path] for path in paths]:
            sync(self.index, named, prune=Prune.BY_FORCE)
        if not together:
            # What was gone from one folder only after the other one had been looked at.
            sync(self.index, paths, prune=Prune.BY_FORCE)
        fresh = self.folder / "fresh"
        sync(fresh, [self.folder / "x", self.folder / "y"])
        assert documents(self.index) == documents(fresh)
        assert hits(self.index) == hits(fresh)
        if fresh.exists():
            shutil.rmtree(fresh)

    @precondition(lambda self: self.index.exists())
    @rule()
    def lose_the_ledger(self):
        (self.index / LEDGER).unlink(missing_ok=True)

    @precondition(lambda self: (self.index / LEDGER).exists())
    @rule()
    def keep_a_copy_of_the_ledger(self):
        self.old_ledger = (self.index / LEDGER).read_bytes()

    @precondition(lambda self: self.old_ledger is not None and self.index.exists())
    @rule()
    def put_an_old_ledger_in_place(self):
        assert self.old_ledger is not None
        (self.index / LEDGER).write_bytes(self.old_ledger)

    @precondition(lambda self: self.index.exists())
    @rule()
    def rebuild_it(self):
        before = {address: path for address, (_, path, _) in documents(self.index).items()}
        report = rebuild(self.index)
        gone = {address for address, path in before.items() if not Path(path).exists()}
        moved = {change.former for change in report.changes}
        assert gone - moved <= documents(self.index).keys()

    @precondition(lambda self: documents(self.index))
    @rule(data=st.data())
    def remove_a_document(self, data):
        remove(self.index, [data.draw(st.sampled_from(sorted(documents(self.index))))])

    @invariant()
    def every_unit_belongs_to_a_document(self):
        if self.index.exists():
            whole = documents(self.index)
            units = sum(
                unit.kind.value not in ("enacting", "meta", "vote")
                for document, _, _ in whole.values()
                if document is not None
                for unit in document.paragraphs
            )
            assert open_index(self.index).searcher().num_docs == units


TestFolders = Folders.TestCase
TestFolders.settings = settings(
    max_examples=int(os.environ.get("FIHRIS_SYNC_EXAMPLES", "8")),
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
