"""Loading an import for who may have it, and taking a step with it."""

from __future__ import annotations

from sqlalchemy import select

from welfare.core import audit
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.models import RegistryImport
from welfare.households.workflow import ImportStatus, may_become


def load(number: str, *, actor: Viewer, version: int | None = None) -> RegistryImport:
    """The import, locked. ``NotFound`` for who may not see it; ``StaleRecord`` when it has changed
    since ``version``."""
    held = hold(
        select(RegistryImport).where(
            RegistryImport.number == number, policies.imports_seen_by(actor)
        )
    )
    if version is not None and held.version != version:
        raise StaleRecord(version=held.version, current={})
    return held


def prepared(number: str, *, actor: Viewer, version: int | None = None) -> RegistryImport:
    """The same for who may prepare it; ``Forbidden`` for who may only look."""
    held = load(number, actor=actor, version=version)
    if not policies.can_prepare_import(actor, held.uploaded_by_id):
        raise Forbidden
    return held


def step(
    held: RegistryImport, to: ImportStatus, actor: Viewer, details: dict[str, object] | None = None
) -> None:
    """The next status, with its line in the audit. ``Refused`` where it cannot follow."""
    if not may_become(held.status, to):
        raise Refused(_("This import has moved on meanwhile. Please open it again."))
    before, held.status = held.status, to
    audit.record(
        actor,
        f"import.{to.value}",
        "import",
        held.number,
        {"status": (before, to), **(details or {})},
    )
    db.session.flush()
