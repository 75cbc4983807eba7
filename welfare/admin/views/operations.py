"""How the program is: what waits, what failed, and whether there is room."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from welfare.admin.views.blueprint import blueprint
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.messages.queries import backlog, failed_events
from welfare.messages.services import try_again

LATE = timedelta(minutes=5)
GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Machine:
    """The worker's last sign of life, and room in the data directory in GiB."""

    worker_seen: datetime | None
    worker_late: bool
    free: float
    size: float
    last_backup: datetime | None

    @property
    def tight(self) -> bool:
        """Whether less than a tenth, or less than 2 GiB, is free."""
        return self.free < 2 or self.free < self.size / 10


def machine(data: Path) -> Machine:
    """What can be seen of the machine from here."""
    from welfare.worker import HEARTBEAT  # brings the queue, which no other page needs

    seen = _changed(data / HEARTBEAT)
    usage = shutil.disk_usage(data)
    backups = [_changed(path) for path in (data / "backups").glob("*") if path.is_file()]
    return Machine(
        worker_seen=seen,
        worker_late=seen is None or datetime.now(UTC) - seen > LATE,
        free=usage.free / GIB,
        size=usage.total / GIB,
        last_backup=max((moment for moment in backups if moment), default=None),
    )


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


@blueprint.get("/operations")
@requires(Permission.MANAGE_ACCOUNTS)
def operations() -> str:
    """The page."""
    viewer = the_viewer()
    return render_template(
        "admin/operations.html",
        backlog=backlog(viewer=viewer),
        failed=failed_events(viewer=viewer),
        machine=machine(current_app.config["SETTINGS"].data_path),
        mail=bool(current_app.config["SETTINGS"].smtp_url),
    )


@blueprint.post("/operations/try-again")
@requires(Permission.MANAGE_ACCOUNTS)
def retry() -> Response:
    """Let the worker try anew what it had given up."""
    tried = try_again(actor=the_viewer())
    commit()
    flash(_("%(n)s will be tried again within a minute.", n=tried), "success")
    return redirect(url_for("admin.operations"), 303)
