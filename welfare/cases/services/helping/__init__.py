"""Help from funds: asked for, decided on by one person or a committee, delivered, given back."""

from welfare.cases.services.helping.asking import ask_help, withdraw_request
from welfare.cases.services.helping.committee import (
    resolve_request,
    undo_resolution,
    vote_on_request,
)
from welfare.cases.services.helping.deciding import decide_request
from welfare.cases.services.helping.delivering import deliver_help, release_rest, return_help
from welfare.cases.services.helping.recusing import lift_recusal, recuse_member

__all__ = [
    "ask_help",
    "decide_request",
    "deliver_help",
    "lift_recusal",
    "recuse_member",
    "release_rest",
    "resolve_request",
    "return_help",
    "undo_resolution",
    "vote_on_request",
    "withdraw_request",
]
