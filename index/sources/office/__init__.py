"""LibreOffice, where it is installed: by way of it older word processors' files become ``.docx``.

``program`` finds it and starts it, kept from doing harm; ``conversion`` hands it files and finds
out which of them it cannot take.
"""

from fihris.index.sources.office.conversion import convert_files, convert_to_docx
from fihris.index.sources.office.program import Office, find_office

__all__ = ["Office", "convert_files", "convert_to_docx", "find_office"]
