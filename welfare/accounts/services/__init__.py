"""Verbs on staff accounts and sessions."""

from welfare.accounts.services.doors import (
    add_user,
    change_password,
    check_password,
    end_session,
    end_sessions,
    set_password,
    sign_in,
    sign_out,
)
from welfare.accounts.services.rights import give_right, take_right_back
from welfare.accounts.services.staff import (
    edit_account,
    end_all_sessions,
    first_password,
    give_password,
    open_account,
    set_own_address,
)

__all__ = [
    "add_user",
    "change_password",
    "check_password",
    "edit_account",
    "end_all_sessions",
    "end_session",
    "end_sessions",
    "first_password",
    "give_password",
    "give_right",
    "open_account",
    "set_own_address",
    "set_password",
    "sign_in",
    "sign_out",
    "take_right_back",
]
