"""Kinds of trouble: data that the municipality edits."""

from __future__ import annotations

from sqlalchemy import String, false
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.db import Base, Versioned, str_enum


class Category(Versioned, Base):
    """A kind of trouble with its clock, its sensitivity and its names."""

    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    hint_th: Mapped[str] = mapped_column(String(300), default="")
    hint_en: Mapped[str] = mapped_column(String(300), default="")
    due_working_days: Mapped[int]
    acknowledge_days: Mapped[int] = mapped_column(default=3)
    sensitivity: Mapped[Sensitivity] = mapped_column(
        str_enum(Sensitivity), default=Sensitivity.NORMAL
    )
    default_priority: Mapped[Priority] = mapped_column(str_enum(Priority), default=Priority.NORMAL)
    danger: Mapped[bool] = mapped_column(default=False)
    """Danger to life: the public form stops and shows the emergency numbers first."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    review_closing: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a manager looks at a closing before the citizen is told."""
    source: Mapped[str] = mapped_column(String(200), default="")
