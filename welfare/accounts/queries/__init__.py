"""Reading staff accounts and their sessions."""

from welfare.accounts.queries.accounts import (
    AccountFile,
    AccountRow,
    Grant,
    account_file,
    accounts,
    load_account,
    other_administrators,
    user_id_of,
)
from welfare.accounts.queries.people import (
    SEEN_EVERY,
    OpenSession,
    RunningSession,
    StaffMember,
    active_viewers,
    names_of,
    note_seen,
    open_session,
    running_sessions,
    staff,
    token_hash,
    viewer_of,
)

__all__ = [
    "SEEN_EVERY",
    "AccountFile",
    "AccountRow",
    "Grant",
    "OpenSession",
    "RunningSession",
    "StaffMember",
    "account_file",
    "accounts",
    "active_viewers",
    "load_account",
    "names_of",
    "note_seen",
    "open_session",
    "other_administrators",
    "running_sessions",
    "staff",
    "token_hash",
    "user_id_of",
    "viewer_of",
]
