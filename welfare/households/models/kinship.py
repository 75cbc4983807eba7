"""What memberships alone do not say: who bore whom, and who was what to an earlier head."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, str_enum
from welfare.households.kinds import ParentKind, Relation
from welfare.households.models.changes import tracked


@tracked
class EarlierRelation(Base):
    """What a member was to the head until a day (that day itself no more).

    The relation of now stands in the membership. Who becomes head, and what the others are to
    them, changes no stay: since when somebody lives there remains one date.
    """

    __tablename__ = "earlier_relations"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    relation: Mapped[Relation] = mapped_column(str_enum(Relation))
    until_day: Mapped[date] = mapped_column(Date)


@tracked
class Parentage(Base):
    """The mother or the father of a person, where both are in the registry."""

    __tablename__ = "parentages"
    __table_args__ = (
        Index("ix_parentages_person", "person_id"),
        Index("ix_parentages_parent", "parent_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """The child."""
    parent_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[ParentKind] = mapped_column(str_enum(ParentKind))
