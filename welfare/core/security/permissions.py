"""One enum of rights, one table of what each role may, and the viewer as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the office; roles add up."""

    VOLUNTEER = "volunteer"
    OFFICER = "officer"
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One right. Every route, button and query asks for one of these."""

    FILE_FOR_OTHERS = "file_for_others"
    VIEW_OWN_FILINGS = "view_own_filings"
    VIEW_COMPLAINTS = "view_complaints"
    TRIAGE_COMPLAINTS = "triage_complaints"
    VIEW_CASES = "view_cases"
    VIEW_ALL_CASES = "view_all_cases"
    VIEW_RESTRICTED = "view_restricted"
    VIEW_CONDUCT = "view_conduct"
    EDIT_CASES = "edit_cases"
    WORK_CASES = "work_cases"
    ASSIGN_CASES = "assign_cases"
    RECORD_ASSISTANCE = "record_assistance"
    DECIDE_ASSISTANCE = "decide_assistance"
    APPROVE_OWN = "approve_own"
    CLOSE_CASES = "close_cases"
    REOPEN_CASES = "reopen_cases"
    VIEW_REGISTRY = "view_registry"
    EDIT_REGISTRY = "edit_registry"
    MERGE_REGISTRY = "merge_registry"
    REVEAL_IDENTIFIERS = "reveal_identifiers"
    APPROVE_IMPORTS = "approve_imports"
    VIEW_REPORTS = "view_reports"
    WRITE_PAPERS = "write_papers"
    ISSUE_PAPERS = "issue_papers"
    DESTROY_PAPERS = "destroy_papers"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_LISTS = "manage_lists"
    VIEW_AUDIT = "view_audit"


P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VOLUNTEER: frozenset({P.FILE_FOR_OTHERS, P.VIEW_OWN_FILINGS}),
    Role.OFFICER: frozenset(
        {
            P.FILE_FOR_OTHERS,
            P.VIEW_OWN_FILINGS,
            P.VIEW_COMPLAINTS,
            P.TRIAGE_COMPLAINTS,
            P.VIEW_CASES,
            P.VIEW_ALL_CASES,
            P.VIEW_RESTRICTED,
            P.EDIT_CASES,
            P.ASSIGN_CASES,
            P.RECORD_ASSISTANCE,
            P.CLOSE_CASES,
            P.REOPEN_CASES,
            P.VIEW_REGISTRY,
            P.EDIT_REGISTRY,
            P.MERGE_REGISTRY,
            P.REVEAL_IDENTIFIERS,
            P.WRITE_PAPERS,
            P.ISSUE_PAPERS,
        }
    ),
    Role.CASEWORKER: frozenset(
        {
            P.FILE_FOR_OTHERS,
            P.VIEW_OWN_FILINGS,
            P.VIEW_CASES,
            P.EDIT_CASES,
            P.WORK_CASES,
            P.RECORD_ASSISTANCE,
            P.CLOSE_CASES,
            P.VIEW_REGISTRY,
            P.EDIT_REGISTRY,
            P.WRITE_PAPERS,
        }
    ),
    Role.MANAGER: frozenset(
        {
            P.VIEW_COMPLAINTS,
            P.TRIAGE_COMPLAINTS,
            P.VIEW_CONDUCT,
            P.VIEW_CASES,
            P.VIEW_ALL_CASES,
            P.VIEW_RESTRICTED,
            P.EDIT_CASES,
            P.ASSIGN_CASES,
            P.DECIDE_ASSISTANCE,
            P.CLOSE_CASES,
            P.REOPEN_CASES,
            P.VIEW_REGISTRY,
            P.APPROVE_IMPORTS,
            P.VIEW_REPORTS,
            P.WRITE_PAPERS,
            P.ISSUE_PAPERS,
            P.DESTROY_PAPERS,
        }
    ),
    Role.ADMIN: frozenset({P.MANAGE_ACCOUNTS, P.MANAGE_LISTS, P.VIEW_AUDIT}),
    Role.AUDITOR: frozenset({P.VIEW_AUDIT}),
}

GRANTABLE_BY_NAME = frozenset({P.APPROVE_OWN})
"""Rights that no role carries: given to one person, by name, and logged."""


def permissions_of(
    roles: frozenset[Role], granted: frozenset[Permission] = frozenset()
) -> frozenset[Permission]:
    """All rights that these roles, and what was granted by name, add up to."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles)) | (
        granted & GRANTABLE_BY_NAME
    )


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. ``villages`` limits the area to some หมู่ที่; ``None`` is the whole municipality."""

    user_id: int
    username: str
    display_name: str
    roles: frozenset[Role]
    permissions: frozenset[Permission]
    villages: frozenset[int] | None = None

    def can(self, permission: Permission | str) -> bool:
        """Whether the viewer holds this right at all (not yet: on this thing)."""
        return Permission(permission) in self.permissions

    def covers(self, village_no: int | None) -> bool:
        """Whether a village (or an unknown one) lies in the viewer's area."""
        return self.villages is None or village_no is None or village_no in self.villages


SYSTEM = Viewer(
    user_id=0,
    username="system",
    display_name="ระบบ",
    roles=frozenset(),
    permissions=frozenset(),
)
"""The program itself, as an actor in the audit (jobs, commands)."""

PUBLIC = Viewer(
    user_id=0,
    username="public",
    display_name="ประชาชน",
    roles=frozenset(),
    permissions=frozenset(),
)
"""A citizen without an account, as an actor in the audit."""
