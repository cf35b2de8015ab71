"""Programs that tests drive and pip cannot bring: installed where a test machine may be changed.

That is where ``CI`` is set, the user is root and the system installs with ``apt-get``. On anybody's
own machine nothing is ever installed: there a test that lacks a program says so and is skipped.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence


def install_system_packages(*packages: str) -> None:
    """Install those Debian *packages* that are missing, where this machine may be changed.

    What could not be installed is told in one line; the tests that need it will tell the rest.
    """
    if not may_install():
        return
    missing = [package for package in packages if not is_installed(package)]
    if not missing:
        return
    print("Installing {} …".format(" ".join(missing)), flush=True)
    run(["apt-get", "update", "-qq"])  # a fresh image knows no package; an old list may still do
    if not run(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *missing]):
        print("fihris: apt-get could not install {}.".format(" ".join(missing)), flush=True)


def may_install() -> bool:
    """Tell whether this is a test machine on which packages can be installed."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return bool(os.environ.get("CI")) and is_root and shutil.which("apt-get") is not None


def is_installed(package: str) -> bool:
    """Tell whether Debian's *package* is installed."""
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    asked = subprocess.run(query, capture_output=True, encoding="utf-8", check=False)
    return asked.stdout == "installed"


def run(command: Sequence[str]) -> bool:
    """Run *command* without questions, show what it says only if it fails, tell if it succeeded."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        env=quiet,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout, flush=True)
    return done.returncode == 0
