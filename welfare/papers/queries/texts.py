"""The texts that letters begin with: which is in force, what it may speak of, filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.core import clock
from welfare.core.db import db
from welfare.core.municipality import the_municipality
from welfare.core.security.permissions import Viewer
from welfare.papers.kinds import Layout
from welfare.papers.models import PaperText
from welfare.papers.parts import About, Kind, subject_of
from welfare.papers.texts import TextFault, fill

OFFICE_NAMES: Mapping[str, object] = {
    "ชื่อเทศบาล": "เทศบาลตำบลอุโมงค์",
    "ผู้บริหาร": "นายกเทศมนตรีตำบลอุโมงค์",
    "ชื่อกอง": "กองสวัสดิการสังคม",
    "ที่อยู่เทศบาล": "ตำบลอุโมงค์ อำเภอเมืองลำพูน จังหวัดลำพูน 51150",
    "โทรศัพท์เทศบาล": "053-983-234",
    "วันนี้": date(2026, 11, 22),
}
"""What every text may call by name, with examples."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a text; ``ours``: the one that came with the program."""

    id: int | None
    edition: int
    title: str
    body: str
    note: str = ""
    made_by: str = ""
    made_at: datetime | None = None

    @property
    def ours(self) -> bool:
        """Whether it is, or brought back, the text of the program."""
        return not self.body


def editions(kind: Kind) -> list[Edition]:
    """All versions, the newest first."""
    rows = db.session.execute(
        select(
            PaperText.id, PaperText.edition, PaperText.title, PaperText.body, PaperText.note,
            User.display_name, PaperText.made_at,
        )
        .outerjoin(User, User.id == PaperText.made_by_id)
        .where(PaperText.kind == kind.code)
        .order_by(PaperText.edition.desc())
        .limit(50)
    )  # fmt: skip
    return [Edition(*row[:5], row[5] or "", row[6]) for row in rows]


def text_now(kind: Kind) -> Edition:
    """The text in force."""
    row = db.session.execute(
        select(PaperText.id, PaperText.edition, PaperText.title, PaperText.body)
        .where(PaperText.kind == kind.code)
        .order_by(PaperText.edition.desc())
        .limit(1)
    ).first()
    if row is None:
        return Edition(None, 0, kind.title, kind.body)
    if not row.body:
        return Edition(row.id, row.edition, kind.title, kind.body)
    return Edition(row.id, row.edition, row.title, row.body)


def names_of(kind: Kind) -> tuple[dict[str, object], dict[str, tuple[str, ...]]]:
    """Names and lists that the texts of a kind may call, with examples."""
    names, lists = dict(OFFICE_NAMES), dict[str, tuple[str, ...]]()
    for name in filter(None, kind.about):
        subject = subject_of(name)
        names.update(subject.names)
        lists.update(subject.lists)
    return names, lists


def examples(kind: Kind) -> dict[str, object]:
    """Values to try a text with."""
    names, lists = names_of(kind)
    return {**names, **lists}


def values_for(
    kind: Kind, about: About | None, viewer: Viewer, detail: str = ""
) -> dict[str, object]:
    """The values of a thing as the viewer may know them; what is not known is empty."""
    names, lists = names_of(kind)
    town = the_municipality()
    values: dict[str, object] = dict.fromkeys(names) | dict.fromkeys(lists, ())
    values |= {
        "ชื่อเทศบาล": town.name_th,
        "ผู้บริหาร": town.head_th,
        "ชื่อกอง": town.division_th,
        "ที่อยู่เทศบาล": town.address_th,
        "โทรศัพท์เทศบาล": town.phone,
        "วันนี้": clock.today(),
    }
    if about is not None:
        values |= subject_of(about.subject).values(about.id, viewer, detail or kind.detail)
    return values


@dataclass(frozen=True, slots=True)
class Begun:
    """What a letter begins with."""

    title: str
    body: str
    recipient: str
    text_id: int | None


def begun(
    kind: Kind, about: About | None, viewer: Viewer, detail: str = "", *, to_person: bool = False
) -> Begun:
    """The text in force, filled in for a thing. ``to_person``: every letter goes to the person
    whom that is about, as a decision always does."""
    text, values = text_now(kind), values_for(kind, about, viewer, detail)
    addressed = kind.secrecy != "normal" or (to_person and kind.layout is Layout.LETTER)
    whom = values.get("ชื่อผู้รับ") if addressed else ""
    try:
        title, body = fill(text.title, values), fill(text.body, values)
    except TextFault:  # a list has grown longer than the text can bear: ours is shorter
        title, body = fill(kind.title, values), fill(kind.body, values)
    return Begun(title[:200], body, str(whom or "")[:200], text.id)
