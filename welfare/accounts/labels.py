"""Words for roles."""

from __future__ import annotations

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Role

ROLE_NAMES = {
    Role.VOLUNTEER: _l("Volunteer"),
    Role.OFFICER: _l("Officer (intake and dispatch)"),
    Role.CASEWORKER: _l("Caseworker"),
    Role.MANAGER: _l("Manager"),
    Role.ADMIN: _l("Administrator"),
    Role.AUDITOR: _l("Auditor"),
}
