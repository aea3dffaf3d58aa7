"""Importing: all of a file or nothing, from the command line and over the API."""

from field_api.services.imports.files import import_file
from field_api.services.imports.taking_in import ImportOutcome, UndoneImport, undo_last_import

__all__ = ["ImportOutcome", "UndoneImport", "import_file", "undo_last_import"]
