"""What is the municipality's own: its name, address, numbers, working days."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, Date, String, select
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, Versioned, db


class Municipality(Versioned, Base):
    """The one row that says whose program this is."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    division_th: Mapped[str] = mapped_column(String(120), default="กองสวัสดิการสังคม")
    division_en: Mapped[str] = mapped_column(String(120), default="Social Welfare Division")
    address_th: Mapped[str] = mapped_column(String(300), default="")
    address_en: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    reference_prefix: Mapped[str] = mapped_column(String(4), default="UM")
    letter_prefix: Mapped[str] = mapped_column(String(20), default="")
    hotlines: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    """``[{"number": "1669", "label_th": …, "label_en": …}]`` in the order to show them."""

    @property
    def head_th(self) -> str:
        """Who signs for it, by the office held: นายกเทศมนตรีตำบล… of a เทศบาลตำบล…, and so on for
        towns and cities; of other kinds (องค์การบริหารส่วนตำบล…) นายก before the name
        (พ.ร.บ. เทศบาล พ.ศ. 2496, พ.ร.บ. สภาตำบลฯ พ.ศ. 2537)."""
        kind = "เทศบาล"
        if self.name_th.startswith(kind):
            return f"นายกเทศมนตรี{self.name_th.removeprefix(kind)}"
        return f"นายก{self.name_th}"


class Closure(Base):
    """A day the office is closed: a public holiday or the municipality's own."""

    __tablename__ = "closures"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    name_th: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(120), default="")


def the_municipality() -> Municipality:
    """The municipality of this database; an unnamed one where none was set up yet."""
    found = db.session.scalar(select(Municipality).order_by(Municipality.id).limit(1))
    return found or unknown_municipality()


def unknown_municipality() -> Municipality:
    """An unnamed municipality, for an empty or unreachable database."""
    return Municipality(
        id=0,
        name_th="เทศบาล",
        name_en="Municipality",
        division_th="กองสวัสดิการสังคม",
        division_en="Social Welfare Division",
        address_th="",
        address_en="",
        phone="",
        email="",
        reference_prefix="UM",
        letter_prefix="",
        hotlines=[],
        version=0,
    )


def closures_between(first: date, last: date) -> dict[date, str]:
    """The closed days from first to last, with their Thai names."""
    rows = db.session.execute(
        select(Closure.day, Closure.name_th).where(Closure.day.between(first, last))
    )
    return {row.day: row.name_th for row in rows}


def closures_in_english(first: date, last: date) -> dict[date, str]:
    """The same days with their English names, where they have one."""
    rows = db.session.execute(
        select(Closure.day, Closure.name_en).where(
            Closure.day.between(first, last), Closure.name_en != ""
        )
    )
    return {row.day: row.name_en for row in rows}
