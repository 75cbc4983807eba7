"""Who may see and change what of the registry: once as a question, once as an SQL condition."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, true

from welfare.core.security.permissions import Permission, Viewer
from welfare.households.models import Household, Membership, Person, RegistryImport


def can_see_village(viewer: Viewer, village_no: int | None) -> bool:
    """Whether a household of this village may be seen."""
    return viewer.can(Permission.VIEW_REGISTRY) and viewer.covers(village_no)


def can_edit(viewer: Viewer, village_no: int | None) -> bool:
    """Whether a household of this village may be changed."""
    return viewer.can(Permission.EDIT_REGISTRY) and viewer.covers(village_no)


def can_edit_person(viewer: Viewer) -> bool:
    """Whether somebody whom the viewer may see may be changed."""
    return viewer.can(Permission.EDIT_REGISTRY)


def can_reveal(viewer: Viewer) -> bool:
    """Whether national IDs and telephone numbers may be shown whole (each time noted)."""
    return viewer.can(Permission.VIEW_REGISTRY) and viewer.can(Permission.REVEAL_IDENTIFIERS)


def can_see_health(viewer: Viewer, *, looks_after: bool) -> bool:
    """Whether health data may be seen: by right, or for the person one is working for."""
    return viewer.can(Permission.VIEW_RESTRICTED) or looks_after


def in_area(viewer: Viewer) -> ColumnElement[bool]:
    """``Household`` lies in the viewer's villages, or in none that is known.

    One that has become part of another is a number, no longer a house.
    """
    stands = Household.merged_into_id.is_(None)
    if viewer.villages is None:
        return stands
    mine = Household.village_no.in_(sorted(viewer.villages))
    return and_(stands, or_(Household.village_no.is_(None), mine))


def person_in_area(viewer: Viewer) -> ColumnElement[bool]:
    """``Person`` belongs to a household in the viewer's area.

    Who has left every household counts where they were last known; who never had one is seen by
    all, or nobody could give them one. A record that has become part of another is nobody's.
    """
    stands = Person.merged_into_id.is_(None)
    if viewer.villages is None:
        return stands
    ever = Membership.person_id == Person.id
    open_now = and_(ever, Membership.to_day.is_(None))
    here = and_(Membership.household_id == Household.id, in_area(viewer))
    return and_(
        stands,
        or_(
            exists().where(open_now, here).correlate(Person),
            and_(
                ~exists().where(open_now).correlate(Person),
                or_(
                    exists().where(ever, here).correlate(Person),
                    ~exists().where(ever).correlate(Person),
                ),
            ),
        ),
    )


def can_manage_villages(viewer: Viewer) -> bool:
    """Whether the viewer looks after the names and places of the villages."""
    return viewer.can(Permission.MANAGE_LISTS)


def may_see_imports(viewer: Viewer) -> bool:
    """Whether the viewer may see the imports of others: the whole municipality, health too."""
    able = viewer.can(Permission.EDIT_REGISTRY) or viewer.can(Permission.APPROVE_IMPORTS)
    return able and viewer.villages is None and viewer.can(Permission.VIEW_RESTRICTED)


def imports_seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """``RegistryImport`` is the viewer's own, or the viewer has the whole municipality and may see
    health: lists of the disabled and the bed-bound are what is imported most."""
    if not (viewer.can(Permission.EDIT_REGISTRY) or viewer.can(Permission.APPROVE_IMPORTS)):
        return false()
    if may_see_imports(viewer):
        return true()
    return RegistryImport.uploaded_by_id == viewer.user_id


def can_prepare_import(viewer: Viewer, uploaded_by_id: int) -> bool:
    """Whether the viewer may say how a file is read and decide of its rows."""
    whole = viewer.villages is None or uploaded_by_id == viewer.user_id
    return viewer.can(Permission.EDIT_REGISTRY) and whole


def can_approve_import(viewer: Viewer, *prepared_by: int | None) -> bool:
    """Whether the viewer may let an import in: a second person, but for who holds the named right
    to approve what is their own."""
    if not viewer.can(Permission.APPROVE_IMPORTS) or viewer.villages is not None:
        return False
    return viewer.user_id not in prepared_by or viewer.can(Permission.APPROVE_OWN)


def approvable_by(viewer: Viewer) -> ColumnElement[bool]:
    """:func:`can_approve_import` as a condition on ``RegistryImport``."""
    if not can_approve_import(viewer):
        return false()
    if viewer.can(Permission.APPROVE_OWN):
        return true()
    others = func.coalesce(RegistryImport.asked_by_id, 0) != viewer.user_id
    return and_(RegistryImport.uploaded_by_id != viewer.user_id, others)


def can_undo_import(viewer: Viewer, uploaded_by_id: int) -> bool:
    """Whether the viewer may take an applied import back: who approves, and whose it is."""
    own = viewer.can(Permission.EDIT_REGISTRY) and uploaded_by_id == viewer.user_id
    return viewer.can(Permission.APPROVE_IMPORTS) or own
