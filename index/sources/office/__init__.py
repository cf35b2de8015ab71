"""LibreOffice, where it is installed: by way of it older word processors' files become ``.docx``.

``program`` finds it and starts it, kept from doing harm; ``conversion`` hands it files and finds
out which of them it cannot take.
"""

from fihris.index.sources.office.conversion import convert_files, convert_to_docx
from fihris.index.sources.office.program import PROGRAM_VARIABLE, Office, find_office

__all__ = ["PROGRAM_VARIABLE", "Office", "convert_files", "convert_to_docx", "find_office"]
