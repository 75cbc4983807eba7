"""One operation from beginning to end: recorded as a whole, checked as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.households.models.changes import ChangeKind
from welfare.households.services.operations.doubts import ask_back
from welfare.households.services.operations.invariants import must_hold
from welfare.households.services.operations.scene import Scene
from welfare.households.services.recording import Recording, recorded


@contextmanager
def operation(scene: Scene, kind: ChangeKind, reason: str) -> Iterator[Recording]:
    """Do the steps of an operation within this. What is refused leaves nothing behind: the
    transaction is rolled back, as the database itself would where another was quicker."""
    with or_nothing(), recorded(scene.actor, kind, day=scene.day, reason=reason) as changes:
        yield changes
        must_hold(scene.houses.keys(), scene.people.keys(), headless=scene.headless)
        ask_back(scene)
        audit.record(
            scene.actor, "registry.operation", "registry", changes.number,
            {"kind": kind.value, "day": scene.day},
        )  # fmt: skip


@contextmanager
def or_nothing(words: Callable[[], str] | None = None) -> Iterator[None]:
    """Roll back what is refused, by us or by the database; ``words``: why, in the latter case."""
    try:
        yield
    except IntegrityError:
        db.session.rollback()
        raise Refused((words or _overtaken)()) from None
    except Refused:
        db.session.rollback()
        raise


def _overtaken() -> str:
    return _("Somebody has changed this household at this very moment. Please send it again.")
