"""Who may write, issue and read papers. Seeing what a paper is about comes first."""

from __future__ import annotations

from welfare.core.security.permissions import SYSTEM, Permission, Viewer
from welfare.papers.parts import About, Kind, Needs

P = Permission


def can_write(viewer: Viewer, kind: Kind, about: About | None) -> bool:
    """Whether the viewer may prepare a paper of this kind about this."""
    if viewer is SYSTEM:
        return True
    if not viewer.can(P.WRITE_PAPERS):
        return False
    return about.may_write if about is not None else "" in kind.about


def can_issue(viewer: Viewer, kind: Kind, about: About | None) -> bool:
    """Whether the viewer may give it its number and let it go, or take it back."""
    if viewer is SYSTEM:
        return True
    if not kind.issues & viewer.permissions:
        return False
    return about.may_issue if about is not None else "" in kind.about


def can_manage(viewer: Viewer) -> bool:
    """Whether the viewer looks after texts, numbers, seal and certificate."""
    return viewer is SYSTEM or viewer.can(P.MANAGE_LISTS)


def sees_loose(viewer: Viewer) -> bool:
    """Whether the viewer may read papers about nobody in particular that others wrote."""
    return viewer is SYSTEM or viewer.can(P.ISSUE_PAPERS)


def can_draw_up_lists(viewer: Viewer) -> bool:
    """Whether the viewer may put papers whose time is over on a list, and destroy what was
    approved."""
    return viewer.can(P.ISSUE_PAPERS)


def can_approve_list(viewer: Viewer, made_by_id: int) -> bool:
    """Whether the viewer may approve a list: never who drew it up, whatever else they may."""
    return viewer.can(P.DESTROY_PAPERS) and viewer.user_id != made_by_id


_EVERYTHING = (P.VIEW_ALL_CASES, P.VIEW_RESTRICTED, P.VIEW_COMPLAINTS, P.VIEW_REGISTRY)


def sees_all_in_it(_source: str, viewer: Viewer) -> bool:
    """Who may read a paper that somebody filled with all that they may see of a house or case: who
    may see as much as anybody may. Complaints about staff are not in such papers."""
    return viewer is SYSTEM or viewer.permissions.issuperset(_EVERYTHING)


def meets(needs: Needs | None, viewer: Viewer) -> bool:
    """Whether the viewer may see as much as stands in a paper that says itself what that takes."""
    if needs is None or viewer is SYSTEM:
        return True
    if not viewer.permissions.issuperset(needs.rights):
        return False
    if viewer.villages is None:
        return True
    return needs.villages is not None and needs.villages <= viewer.villages
