"""Access by default denied: every route says whom it serves, or serves nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from werkzeug.wrappers import Response

from welfare.core.security.permissions import Permission
from welfare.core.web.held import sign_in_first
from welfare.core.web.viewer import current_viewer

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "welfare_access"


@dataclass(frozen=True, slots=True)
class Access:
    """Whom a route serves: everybody, anybody signed in, or holders of one of some rights."""

    everybody: bool = False
    any_of: frozenset[Permission] = frozenset()


def public(view: View) -> View:
    """Mark a route as open to everybody."""
    setattr(view, _ATTRIBUTE, Access(everybody=True))
    return view


def signed_in(view: View) -> View:
    """Mark a route as open to every member of staff."""
    setattr(view, _ATTRIBUTE, Access())
    return view


def requires(*any_of: Permission) -> Callable[[View], View]:
    """Mark a route as open to holders of at least one of these rights."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, Access(any_of=frozenset(any_of)))
        return view

    return mark


def access_of(app: Flask, endpoint: str) -> Access | None:
    """What a route says of itself; ``None`` is a mistake that the contract test finds."""
    return getattr(app.view_functions[endpoint], _ATTRIBUTE, None)


def guard() -> Response | None:
    """Before every request: let in whom the route serves, and nobody else."""
    if request.endpoint is None:
        return None
    access = access_of(current_app, request.endpoint)
    if access is None:
        abort(404)
    if access.everybody:
        return None
    viewer = current_viewer()
    if viewer is None:
        return sign_in_first()
    if access.any_of and not access.any_of & viewer.permissions:
        abort(403)
    return None
