"""Verbs of papers. Each is keyword-only, checks its right, writes the audit."""

from welfare.papers.services.assets import set_asset
from welfare.papers.services.books import leave_numbers_out, set_prefix
from welfare.papers.services.drafting import discard_draft, edit_draft, write_draft
from welfare.papers.services.identity import ensure_identity, renew_identity, take_identity
from welfare.papers.services.issuing import NewPaper, issue_draft, issue_paper
from welfare.papers.services.keeping import note_print, replace_paper, withdraw_paper
from welfare.papers.services.texts import check_text, reset_text, save_text
from welfare.papers.services.verifying import check_file, try_code

__all__ = [
    "NewPaper",
    "check_file",
    "check_text",
    "discard_draft",
    "edit_draft",
    "ensure_identity",
    "issue_draft",
    "issue_paper",
    "leave_numbers_out",
    "note_print",
    "renew_identity",
    "replace_paper",
    "reset_text",
    "save_text",
    "set_asset",
    "set_prefix",
    "take_identity",
    "try_code",
    "withdraw_paper",
    "write_draft",
]
