"""Make the widget and the engine into the three small files that other people's sites fetch.

The modules in ``web/static`` run as they are. What ``fihris export-search`` writes is a third of
their size, and three requests in the place of thirty: esbuild joins them and terser shortens them,
both fetched by npm into ``.cache/``. The files stand in ``web/static/embed``, so that a wheel needs
neither; each begins with a checksum of what it was made from, by which a test sees whether they are
of these very sources.
"""

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from javascript_checks import FOLDER, install_tools, tool
from setup_clone import ROOT

STATIC = ROOT / "web" / "static"
SOURCES = ("engine", "widget")
SCRIPTS = ("fihris-search.js", "fihris-engine.js", "fihris-assistance.js")
#: Properties that only these modules know, so that a shorter name does no harm. None may be the
#: name of anything in an index, in a hit, or in a browser.
OWN_NAMES = (
    "adjacent alias aligned alike analyzeChunk analyzeWord beginsWithClitic beginsWithRadical "
    "besideRoot borrowers clusters columns conditions contentWords counted countsOf everything "
    "exact exactNorms fetchFile fieldAt fieldNamed firsts foldCharacters foldCluster foldLetters "
    "foldText groupOf inflected inFolded isKnownBelow isStopWord joiningWords joins "
    "joinsAlternatives kindOf knownAt knownNoun neighbours nominal normalizer norms occurrences "
    "offsets opening original othersLike pairPlaces partFollows partings parts pattern phrases "
    "placed plurals positions postingKeys prefixLength propose radicalStarts rarity readings "
    "readLine readOccurrences readPlaces required restricted runEnds running scores slop someOwn "
    "speaker spread starts stem stemmer stemNormSurprises stopWords streams strict surface "
    "tellAddress tentative titled tokenize tokenizer tokens units unitsOfEach unpacked "
    "withoutArticle withoutEndings withoutPrefix wordFiles wordForms wordKeys wordsFrom"
).split()


def sources_checksum() -> str:
    """Return what identifies the sources: their names and contents."""
    digest = sha256()
    for folder in SOURCES:
        for path in sorted((STATIC / folder).glob("*.js")):
            digest.update(f"{folder}/{path.name}\0".encode())
            digest.update(path.read_text("utf-8").encode() + b"\0")
    return digest.hexdigest()[:16]


def header(checksum: str) -> str:
    """Return the first line of each file."""
    return f"/*! © 2026 The Fihris contributors. SPDX-License-Identifier: MIT. {checksum} */\n"


def build(name: str, names: Path) -> str:
    """Return the script *name* with all that it imports, short.

    The file *names* remembers the short names of properties: the scripts use each other's objects.
    """
    joined = subprocess.run(
        [
            tool("esbuild"),
            str(STATIC / "widget" / name),
            "--bundle",
            "--minify",
            "--format=iife",
            "--charset=utf8",
            "--target=es2020",
            f"--mangle-props=^({'|'.join(OWN_NAMES)})$",
            f"--mangle-cache={names}",
        ],
        cwd=FOLDER,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    return subprocess.run(
        [tool("terser"), "--compress", "passes=3,ecma=2020", "--mangle"],
        cwd=FOLDER,
        check=True,
        input=joined,
        capture_output=True,
        encoding="utf-8",
    ).stdout


def main() -> None:
    """Write both files and tell their sizes."""
    npm = shutil.which("npm")
    if npm is None or not install_tools(npm):
        sys.exit("npm, or the network, is missing: the files stay as they are.")
    folder = STATIC / "embed"
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory() as temporary:
        names = Path(temporary) / "names.json"
        names.write_text("{}", encoding="utf-8")
        for name in SCRIPTS:
            text = header(sources_checksum()) + build(name, names)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            print(f"{folder / name}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
