"""Papers as PDF: letters and memos, sheets that domains fill, marks, the list of destruction."""

from welfare.papers.documents.destruction import destruction_pdf
from welfare.papers.documents.papers import (
    as_copy,
    as_draft,
    as_print,
    as_reading,
    code_words,
    letter_drawer,
    letter_job,
    letter_pdf,
    moment,
    read_by,
    sheet_drawer,
    sheet_pdf,
    verify_drawing,
    verify_link,
    verify_values,
    written_code,
)

__all__ = [
    "as_copy",
    "as_draft",
    "as_print",
    "as_reading",
    "code_words",
    "destruction_pdf",
    "letter_drawer",
    "letter_job",
    "letter_pdf",
    "moment",
    "read_by",
    "sheet_drawer",
    "sheet_pdf",
    "verify_drawing",
    "verify_link",
    "verify_values",
    "written_code",
]
