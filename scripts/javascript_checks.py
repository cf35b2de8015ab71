"""The checks of scripts and styles: types by TypeScript from JSDoc, form and lint by Biome.

Both are fetched by npm into ``.cache/``, where nothing of the project depends on them: the scripts
run in a browser as they are written.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from setup_clone import ROOT
from system_packages import install_system_packages

FOLDER = ROOT / ".cache" / "javascript"
CONFIGURATION = ROOT / "scripts" / "javascript"
SOURCES = "web/static"
TOOLS = ("typescript@7.0.2", "@biomejs/biome@2.6.8", "esbuild@0.28.2", "terser@5.51.2")


def javascript_checks() -> Iterator[list[str]]:
    """Yield the command of each check; none where the tools cannot be had, after saying so.

    On a test machine what cannot be checked is a failure.
    """
    if shutil.which("npm") is None:
        install_system_packages("nodejs", "npm")  # on a test machine only
    npm = shutil.which("npm")
    if npm is None:
        print("Node is not installed: scripts and styles are not checked.", flush=True)
        return
    if not install_tools(npm):
        print("The tools could not be fetched: scripts and styles are not checked.", flush=True)
        if not os.environ.get("CI"):
            return
    for project in ("tsconfig.json", "tsconfig.engine.json"):
        yield [tool("tsc"), "--project", str(CONFIGURATION / project)]
    yield [tool("biome"), "ci", f"--config-path={CONFIGURATION / 'biome.json'}", SOURCES]


def install_tools(npm: str) -> bool:
    """Fetch the tools unless these very versions are there, and tell whether they are now."""
    stamp = FOLDER / "tools.txt"
    wanted = "\n".join(TOOLS)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return True
    print("Fetching TypeScript and Biome …", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    fetched = subprocess.run([npm, "install", *options, *TOOLS], cwd=FOLDER, check=False)
    if fetched.returncode == 0:
        stamp.write_text(wanted, encoding="utf-8")
    return fetched.returncode == 0


def tool(name: str) -> str:
    """Return the path of a tool."""
    suffix = ".cmd" if os.name == "nt" else ""
    return str(Path(FOLDER, "node_modules", ".bin", name + suffix))
