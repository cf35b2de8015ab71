"""Write ``tests/vectors/queries.jsonl`` anew: queries, and the first hits that the server gives.

python3 scripts/make_query_vectors.py           write it; look at what git shows has changed
python3 scripts/make_query_vectors.py --check   write nothing, and fail when an answer would change
"""

import subprocess

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/query_vectors.py``, which does the work."""
    prepare()
    # -P: a folder called scripts in the current directory is not meant.
    command = [executable("python"), "-P", "-m", "scripts.query_vectors", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
