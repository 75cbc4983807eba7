"""Seal and emblem: the municipality's own in the place of ours."""

from __future__ import annotations

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.images import reencode_sharp
from welfare.core.security.permissions import Viewer
from welfare.core.storage import save_file
from welfare.papers.kinds import AssetKind
from welfare.papers.models import PaperAsset
from welfare.papers.policies import can_manage


def set_asset(*, actor: Viewer, kind: AssetKind, content: bytes | None) -> None:
    """Put a picture in the place of ours, or (``None``) ours again. ``PictureFault`` if it cannot
    be taken. Papers that were issued stay as they are."""
    if not can_manage(actor):
        raise Forbidden
    drawn = reencode_sharp(content) if content is not None else None
    file = save_file(drawn, "image/png", claimed=True) if drawn is not None else None
    row = PaperAsset(
        kind=kind, file_id=file.id if file else None, made_by_id=actor.user_id or None,
        made_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    details = {"ours": file is None, "size": file.size if file else 0}
    audit.record(actor, "paper.asset_set", "paper_asset", kind.value, details)
    db.session.flush()
