"""Run the whole test suite, after setting up what it needs; arguments are passed on to pytest.

python3 scripts/test.py                     everything
python3 scripts/test.py tests/index -k date some of it
"""

import subprocess

from setup_clone import ROOT, executable, prepare, run_script
from system_packages import install_system_packages

#: What reads older Word files and makes the formats that are compared, and a font for their PDF.
OFFICE_PACKAGES = ("libreoffice-writer-nogui", "fonts-dejavu-core")
#: What tests/browser drives, and a font in which Arabic letters join.
BROWSER_PACKAGES = ("chromium", "fonts-hosny-amiri")


def main(arguments: list[str]) -> int:
    """Return pytest's exit code, which is not 0 when there was no test to run."""
    prepare("test", "eval")
    install_system_packages(*OFFICE_PACKAGES, *BROWSER_PACKAGES)
    # The whole suite takes all processors; the tests of one file share what is costly to make.
    spread = [] if arguments else ["-n", "auto", "--dist", "loadfile"]
    command = [executable("python"), "-m", "pytest", "-W", "error", *spread, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


run_script(main)
