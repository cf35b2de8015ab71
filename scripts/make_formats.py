"""Write every specimen in the forms that people hold: Word, LibreOffice, PDF, HTML and plain text.

python3 scripts/make_formats.py FOLDER             into the subfolders docx, doc, odt, …
python3 scripts/make_formats.py FOLDER --compare   and tell what each reader loses, as a table
python3 scripts/make_formats.py FOLDER --speed     and tell how many .docx are read a second
"""

import subprocess

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/formats.py``, which does the work."""
    prepare()
    # -P: a folder called scripts in the current directory is not meant.
    command = [executable("python"), "-P", "-m", "scripts.formats", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
