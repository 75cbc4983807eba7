"""Views of the worklist that people keep and share."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.kinds import Sharing
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.permissions import Role

__all__ = ["SavedView", "ViewChoice"]


class SavedView(Versioned, Base):
    """One view: the question to the worklist, its columns and order, under a name."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("(sharing = 'role') = (role IS NOT NULL)", name="role"),
        Index("ix_saved_views_owner", "owner_id"),
        Index("ix_saved_views_sharing", "sharing", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(60), info=personal("staff"))
    query: Mapped[str] = mapped_column(String(600), info=personal("staff"))
    """The address behind ``/desk/cases?``, columns and order included, in one fixed form."""
    sharing: Mapped[Sharing] = mapped_column(str_enum(Sharing), default=Sharing.PRIVATE)
    role: Mapped[Role | None] = mapped_column(str_enum(Role))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ViewChoice(Base):
    """With which view somebody's worklist opens."""

    __tablename__ = "view_choices"
    __table_args__ = (UniqueConstraint("user_id", name="uq_view_choices_user"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_views.id"))
