"""Verbs of papers. Each is keyword-only, checks its right, writes the audit."""

from welfare.papers.services.ahead import Ahead, Overtaken, issue_ahead
from welfare.papers.services.assets import set_asset
from welfare.papers.services.batches import (
    begin_batch,
    go_on_with_batch,
    stop_batch,
)
from welfare.papers.services.books import explain_gap, leave_numbers_out, set_prefix
from welfare.papers.services.destroying import (
    approve_list,
    destroy_list,
    draw_up_list,
    give_up_list,
    keep_longer,
    remove_destroyed,
)
from welfare.papers.services.drafting import discard_draft, edit_draft, write_draft
from welfare.papers.services.identity import (
    ensure_identity,
    fill_identity,
    renew_identity,
    take_identity,
)
from welfare.papers.services.issuing import NewPaper, issue_draft, issue_paper
from welfare.papers.services.keeping import (
    note_print,
    replace_paper,
    take_back_source,
    withdraw_paper,
)
from welfare.papers.services.later import Frozen, draw_issued, file_of, issue_for_later
from welfare.papers.services.making import letters_waiting, work_on_batches
from welfare.papers.services.packing import KEPT as PACKAGES_KEPT
from welfare.papers.services.packing import clear_old_packages, pack_batch, work_on_packages
from welfare.papers.services.retention import set_keeping
from welfare.papers.services.sheets import issue_sheet, issue_sheet_once
from welfare.papers.services.texts import check_text, reset_text, save_text
from welfare.papers.services.verifying import check_file, try_code

__all__ = [
    "PACKAGES_KEPT",
    "Ahead",
    "Frozen",
    "NewPaper",
    "Overtaken",
    "approve_list",
    "begin_batch",
    "check_file",
    "check_text",
    "clear_old_packages",
    "destroy_list",
    "discard_draft",
    "draw_issued",
    "draw_up_list",
    "edit_draft",
    "ensure_identity",
    "explain_gap",
    "file_of",
    "fill_identity",
    "give_up_list",
    "go_on_with_batch",
    "issue_ahead",
    "issue_draft",
    "issue_for_later",
    "issue_paper",
    "issue_sheet",
    "issue_sheet_once",
    "keep_longer",
    "leave_numbers_out",
    "letters_waiting",
    "note_print",
    "pack_batch",
    "remove_destroyed",
    "renew_identity",
    "replace_paper",
    "reset_text",
    "save_text",
    "set_asset",
    "set_keeping",
    "set_prefix",
    "stop_batch",
    "take_back_source",
    "take_identity",
    "try_code",
    "withdraw_paper",
    "work_on_batches",
    "work_on_packages",
    "write_draft",
]
