"""Files that people hand in: kept outside the web root under names of our own."""

from welfare.core.storage.files import open_file, save_file
from welfare.core.storage.models import StoredFile

__all__ = ["StoredFile", "open_file", "save_file"]
