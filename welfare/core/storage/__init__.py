"""Files that people hand in: kept outside the web root under names of our own."""

from welfare.core.storage.files import keep_file, new_file, open_file, open_stream, save_file
from welfare.core.storage.models import StoredFile

__all__ = ["StoredFile", "keep_file", "new_file", "open_file", "open_stream", "save_file"]
