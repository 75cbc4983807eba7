"""The figures of dispatch, the list of skills, what visits need."""

from __future__ import annotations

from sqlalchemy import func, select

from welfare.cases.queries import load_case
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.facts import Wishes
from welfare.dispatch.models import CaseWish, CategoryVisit, DispatchRules, Skill
from welfare.dispatch.policies import can_wish
from welfare.dispatch.queries.rules import Figures, figures

FIRST_SKILLS = (
    ("elderly", "ดูแลผู้สูงอายุ", "Care of the elderly"),
    ("disability", "งานคนพิการ", "Disability"),
    ("child", "คุ้มครองเด็ก", "Child protection"),
    ("mental", "สุขภาพจิต", "Mental health"),
    ("violence", "ความรุนแรงในครอบครัว", "Violence in the family"),
    ("drugs", "ยาเสพติด", "Drugs"),
    ("housing", "สำรวจและซ่อมแซมบ้าน", "Survey and repair of houses"),
    ("papers", "ทะเบียนและสถานะบุคคล", "Papers and legal status"),
    ("livelihood", "อาชีพและหนี้สิน", "Livelihood and debts"),
)
FIRST_KINDS: dict[str, tuple[tuple[str, ...], int, bool]] = {
    "child_welfare": (("child",), 45, False),
    "violence": (("violence",), 60, True),
    "mental_health": (("mental",), 45, True),
    "drugs": (("drugs",), 45, True),
    "dependent_care": (("elderly",), 45, False),
    "housing": (("housing",), 45, False),
    "legal_status": (("papers",), 30, False),
}
"""By the code of a kind of trouble: skills, minutes, whether two go."""


def fill_skills() -> bool:
    """The first skills where there are none; whether any were added. The caller commits."""
    if db.session.scalar(select(func.count()).select_from(Skill)):
        return False
    db.session.add_all(
        Skill(code=code, name_th=thai, name_en=english, position=place)
        for place, (code, thai, english) in enumerate(FIRST_SKILLS)
    )
    return True


def fill_kinds(categories: dict[str, int]) -> bool:
    """What visits of the first kinds take, where nothing is said yet, by code and id."""
    if db.session.scalar(select(func.count()).select_from(CategoryVisit)):
        return False
    db.session.add_all(
        CategoryVisit(category_id=categories[code], skills=list(skills), minutes=minutes, pair=pair)
        for code, (skills, minutes, pair) in FIRST_KINDS.items()
        if code in categories
    )
    return True


def edit_figures(*, actor: Viewer, version: int, facts: Figures) -> None:
    """Set road factor, speed, lunch, office and points."""
    _must_dispatch(actor)
    row = db.session.scalar(
        select(DispatchRules).with_for_update().execution_options(populate_existing=True)
    )
    if (row.version if row else 0) != version:
        now = figures()
        current = {
            "road_factor": str(now.road_factor),
            "speed_kmh": str(now.speed_kmh),
            "lunch_minutes": str(now.lunch_minutes),
            "office_lat": str(now.office_lat or ""),
            "office_lng": str(now.office_lng or ""),
            **{weight.value: str(points) for weight, points in now.weights.items()},
        }
        raise StaleRecord(version=now.version, current=current)
    if row is None:
        row = DispatchRules(id=1)
        db.session.add(row)
    row.road_factor, row.speed_kmh = facts.road_factor, facts.speed_kmh
    row.lunch_minutes = facts.lunch_minutes
    row.office_lat, row.office_lng = facts.office_lat, facts.office_lng
    row.weights = {weight.value: points for weight, points in facts.weights.items()}
    audit.record(actor, "dispatch.figures_edited", "dispatch", "1", audit.changes_of(row))
    db.session.flush()


def add_skill(*, actor: Viewer, code: str, name_th: str, name_en: str) -> None:
    """Add a skill to the list."""
    _must_dispatch(actor)
    if db.session.scalar(select(Skill.id).where(Skill.code == code)) is not None:
        raise Refused(_("This short name is taken."), field="code")
    last = db.session.scalar(select(func.max(Skill.position))) or 0
    db.session.add(Skill(code=code, name_th=name_th, name_en=name_en, position=last + 1))
    audit.record(actor, "skill.added", "skill", code, {"name": name_th})
    db.session.flush()


def retire_skill(*, actor: Viewer, code: str, active: bool) -> None:
    """Take a skill out of the list, or put it back; who has it keeps it."""
    _must_dispatch(actor)
    skill = db.session.scalar(select(Skill).where(Skill.code == code).with_for_update())
    if skill is None:
        raise NotFound
    skill.active = active
    audit.record(actor, "skill.edited", "skill", code, audit.changes_of(skill))
    db.session.flush()


def edit_kind(
    *,
    actor: Viewer,
    category_id: int,
    version: int,
    skills: tuple[str, ...],
    minutes: int,
    pair: bool,
) -> None:
    """Set what a visit of one kind of trouble takes."""
    _must_dispatch(actor)
    row = db.session.scalar(
        select(CategoryVisit).where(CategoryVisit.category_id == category_id).with_for_update()
    )
    if (row.version if row else 0) != version:
        current = {"skills": ", ".join(row.skills), "minutes": str(row.minutes)} if row else {}
        raise StaleRecord(version=row.version if row else 0, current=current)
    if row is None:
        row = CategoryVisit(category_id=category_id)
        db.session.add(row)
    row.skills, row.minutes, row.pair = sorted(skills), minutes, pair
    audit.record(actor, "kind.edited", "category", str(category_id), audit.changes_of(row))
    db.session.flush()


def edit_wishes(*, actor: Viewer, number: str, version: int, facts: Wishes) -> None:
    """Set what is asked for of the visits of a case; version 0 where nothing was."""
    case = load_case(number, viewer=actor, for_update=True)
    if not can_wish(actor, case):
        raise Forbidden
    row = db.session.get(CaseWish, case.id, with_for_update=True, populate_existing=True)
    if (row.version if row else 0) != version:
        raise StaleRecord(version=row.version if row else 0, current=_wish_words(row))
    if facts.earliest and facts.latest and facts.earliest > facts.latest:
        raise Refused(_("The latest hour must not come before the earliest."), field="latest")
    if facts.never and not facts.why_never.strip():
        raise Refused(_("Please say why they must not go."), field="why_never")
    if row is None:
        row = CaseWish(case_id=case.id)
        db.session.add(row)
    row.language, row.sex, row.skills = facts.language, facts.sex, sorted(facts.skills)
    row.pair, row.minutes = facts.pair, facts.minutes
    row.earliest, row.latest = facts.earliest, facts.latest
    row.never, row.why_never = sorted(facts.never), facts.why_never
    audit.record(actor, "case.wishes_edited", "case", number, audit.changes_of(row))
    db.session.flush()


def _wish_words(row: CaseWish | None) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields."""
    if row is None:
        return {}
    return {
        "language": row.language,
        "sex": row.sex.value,
        "skills": ", ".join(row.skills),
        "minutes": str(row.minutes or ""),
        "earliest": row.earliest,
        "latest": row.latest,
        "why_never": row.why_never,
    }


def _must_dispatch(actor: Viewer) -> None:
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
