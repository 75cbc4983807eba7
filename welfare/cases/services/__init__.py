"""Verbs of casework. Each is keyword-only, checks its right, writes timeline and audit."""

from welfare.cases.services.assistance import record_assistance, withdraw_assistance
from welfare.cases.services.attachments import (
    Upload,
    add_attachment,
    made_harmless,
    remove_attachment,
    store_upload,
)
from welfare.cases.services.bulk import note_on_each, set_priorities, task_on_each
from welfare.cases.services.editing import edit_case, link_case
from welfare.cases.services.events import (
    add_event,
    add_note,
    citizen_text,
    note_whether_it_helped,
)
from welfare.cases.services.family import PartOfCase, leave_parent, open_part, set_parent
from welfare.cases.services.followers import after_move
from welfare.cases.services.handing import change_worker, give_back, take_along
from welfare.cases.services.helping import (
    ask_help,
    decide_request,
    deliver_help,
    lift_recusal,
    recuse_member,
    release_rest,
    resolve_request,
    return_help,
    undo_resolution,
    vote_on_request,
    withdraw_request,
)
from welfare.cases.services.lending import (
    extend_loan,
    lend_piece,
    lose_loan,
    remind_of_loans,
    take_back_loan,
)
from welfare.cases.services.links import let_go, relate_cases
from welfare.cases.services.merging import Chosen, Pair, Side, merge_cases, say_apart, undo_merge
from welfare.cases.services.moving import UNCHANGED, move_case
from welfare.cases.services.opening import join_complaint, open_case
from welfare.cases.services.steps import (
    asks_for_review,
    close_case,
    reopen_case,
    resume_case,
    send_back_case,
    wait_case,
)
from welfare.cases.services.subjects import follow_new_words
from welfare.cases.services.tasks import add_task, drop_task, finish_task
from welfare.cases.services.views import (
    change_view,
    choose_view,
    put_view_back,
    remove_view,
    save_view,
)

__all__ = [
    "UNCHANGED",
    "Chosen",
    "Pair",
    "PartOfCase",
    "Side",
    "Upload",
    "add_attachment",
    "add_event",
    "add_note",
    "add_task",
    "after_move",
    "ask_help",
    "asks_for_review",
    "change_view",
    "change_worker",
    "choose_view",
    "citizen_text",
    "close_case",
    "decide_request",
    "deliver_help",
    "drop_task",
    "edit_case",
    "extend_loan",
    "finish_task",
    "follow_new_words",
    "give_back",
    "join_complaint",
    "leave_parent",
    "lend_piece",
    "let_go",
    "lift_recusal",
    "link_case",
    "lose_loan",
    "made_harmless",
    "merge_cases",
    "move_case",
    "note_on_each",
    "note_whether_it_helped",
    "open_case",
    "open_part",
    "put_view_back",
    "record_assistance",
    "recuse_member",
    "relate_cases",
    "release_rest",
    "remind_of_loans",
    "remove_attachment",
    "remove_view",
    "reopen_case",
    "resolve_request",
    "resume_case",
    "return_help",
    "save_view",
    "say_apart",
    "send_back_case",
    "set_parent",
    "set_priorities",
    "store_upload",
    "take_along",
    "take_back_loan",
    "task_on_each",
    "undo_merge",
    "undo_resolution",
    "vote_on_request",
    "wait_case",
    "withdraw_assistance",
    "withdraw_request",
]
