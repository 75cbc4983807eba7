"""Tables of staff accounts and their sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.core.security.permissions import Permission, Role


class User(Versioned, Base):
    """Somebody who signs in."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    display_name: Mapped[str] = mapped_column(String(120), info=personal("staff"))
    position: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str | None] = mapped_column(
        EncryptedText("users.phone"), info=personal("contact", retention="employment+1y")
    )
    email: Mapped[str | None] = mapped_column(
        EncryptedText("users.email"), info=personal("contact", retention="employment+1y")
    )
    """Where they are told of what waits on their desk, if they want to be."""
    password_hash: Mapped[str] = mapped_column(String(200), info=personal("staff"))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class UserRole(Base):
    """A role of a user; several add up."""

    __tablename__ = "user_roles"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(str_enum(Role), primary_key=True)


class UserArea(Base):
    """A village that a user is limited to; a user without any row serves the whole area."""

    __tablename__ = "user_areas"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    village_no: Mapped[int] = mapped_column(primary_key=True)


class UserGrant(Base):
    """A right given to one person by name (``GRANTABLE_BY_NAME``), with who gave it and why."""

    __tablename__ = "user_grants"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    permission: Mapped[Permission] = mapped_column(
        str_enum(Permission, length=40), primary_key=True
    )
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(String(300), default="")


class StaffSession(Base):
    """A signed-in browser. Ending the row ends the session at once, wherever the cookie is."""

    __tablename__ = "staff_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    device: Mapped[str] = mapped_column(String(120), default="")
