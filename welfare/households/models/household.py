"""Villages and households."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.households.kinds import Condition, Tenure, YesNo


class Village(Versioned, Base):
    """One หมู่ที่ of the municipality; its number is its key everywhere."""

    __tablename__ = "villages"

    village_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    lat: Mapped[float | None]
    lng: Mapped[float | None]


class Household(Versioned, Base):
    """One house and the facts of it. Who lives there is in ``Membership``."""

    __tablename__ = "households"
    __table_args__ = (
        CheckConstraint("lat IS NULL OR (lat BETWEEN -90 AND 90)", name="lat"),
        CheckConstraint("lng IS NULL OR (lng BETWEEN -180 AND 180)", name="lng"),
        Index("ix_households_map", "village_no", "lat", "lng", "merged_into_id"),
        Index("ix_households_place", "lat", "lng"),
        Index(
            "ix_households_merged_into_id",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    """Never given twice, also after an undo took the row away: histories speak of it."""
    number: Mapped[str] = mapped_column(String(20), unique=True)
    house_code: Mapped[str | None] = mapped_column(
        String(11), unique=True, info=personal("address", retention="registry")
    )
    """รหัสประจำบ้าน, 11 digits."""
    house_no: Mapped[str] = mapped_column(
        String(60), info=personal("address", retention="registry")
    )
    village_no: Mapped[int | None] = mapped_column(ForeignKey("villages.village_no"), index=True)
    community: Mapped[str] = mapped_column(String(120), default="")
    lane: Mapped[str] = mapped_column(String(120), default="")
    road: Mapped[str] = mapped_column(String(120), default="")
    subdistrict: Mapped[str] = mapped_column(String(60), default="")
    district: Mapped[str] = mapped_column(String(60), default="")
    province: Mapped[str] = mapped_column(String(60), default="")
    postcode: Mapped[str] = mapped_column(String(5), default="")
    central_register: Mapped[bool] = mapped_column(default=False)
    """ทะเบียนบ้านกลาง: an entry without a real house."""
    lat: Mapped[float | None] = mapped_column(info=personal("address", retention="registry"))
    lng: Mapped[float | None] = mapped_column(info=personal("address", retention="registry"))
    accuracy_m: Mapped[int | None]
    landmark: Mapped[str] = mapped_column(
        String(300), default="", info=personal("address", retention="registry")
    )
    tenure: Mapped[Tenure] = mapped_column(str_enum(Tenure), default=Tenure.UNKNOWN)
    condition: Mapped[Condition] = mapped_column(str_enum(Condition), default=Condition.UNKNOWN)
    water: Mapped[YesNo] = mapped_column(str_enum(YesNo), default=YesNo.UNKNOWN)
    electricity: Mapped[YesNo] = mapped_column(str_enum(YesNo), default=YesNo.UNKNOWN)
    toilet: Mapped[YesNo] = mapped_column(str_enum(YesNo), default=YesNo.UNKNOWN)
    monthly_income: Mapped[Decimal | None] = mapped_column(
        Numeric(12, 2), info=personal("welfare", retention="registry")
    )
    debts: Mapped[Decimal | None] = mapped_column(
        Numeric(12, 2), info=personal("welfare", retention="registry")
    )
    notes: Mapped[str] = mapped_column(
        Text, default="", info=personal("narrative", retention="registry")
    )
    search_key: Mapped[str] = mapped_column(
        String(400), default="", info=personal("address", retention="registry")
    )
    """House number, community, lane, road, landmark: ``keys.household_key``."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))
    """The record this one has become part of; it stays as another number of that house."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
