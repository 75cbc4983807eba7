"""Editions of surveys and their indicators: first contents, and what an administrator edits."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.kinds import Dimension
from welfare.households.models import SurveyEdition, SurveyIndicator

EDITIONS = Path(__file__).resolve().parent.parent / "data" / "surveys.toml"


def ensure_editions() -> bool:
    """The editions this program knows, in a database that has none. The caller commits."""
    if db.session.scalar(select(func.count()).select_from(SurveyEdition)):
        return False
    content = tomllib.loads(EDITIONS.read_text(encoding="utf-8"))
    for words in content["edition"]:
        _add(words)
    return True


def _add(words: dict[str, Any]) -> None:
    indicators = words.pop("indicator", [])
    numbers = words.pop("numbers", 0)
    edition = SurveyEdition(
        name_en=words.pop("name_en", ""), source=words.pop("source", ""), **words
    )
    db.session.add(edition)
    db.session.flush()
    for one in indicators or [{"number": number} for number in range(1, numbers + 1)]:
        dimension = one.get("dimension")
        db.session.add(
            SurveyIndicator(
                edition_id=edition.id,
                number=one["number"],
                group_th=one.get("group_th", ""),
                text_th=one.get("text_th", ""),
                dimension=Dimension(dimension) if dimension else None,
            )
        )
    db.session.flush()


def add_edition(
    *,
    actor: Viewer,
    name_th: str,
    first_year: int,
    last_year: int | None,
    like: str = "",
    count: int = 0,
) -> str:
    """A new edition for Buddhist years; its code. The indicators with their words are those of
    the edition ``like``, or ``count`` empty ones. Not offered for rounds until somebody has looked
    it over and says so. ``Refused`` for years that run backwards."""
    if not policies.can_manage_villages(actor):
        raise Forbidden
    if last_year is not None and last_year < first_year:
        raise Refused(_("The last year is before the first one."), field="to_year")
    edition = SurveyEdition(
        code=_free_code(first_year),
        name_th=name_th,
        first_year=first_year,
        last_year=last_year,
        active=False,
    )
    db.session.add(edition)
    db.session.flush()
    for one in _pattern(like) if like else [SurveyIndicator(number=n + 1) for n in range(count)]:
        db.session.add(
            SurveyIndicator(
                edition_id=edition.id,
                number=one.number,
                group_th=one.group_th or "",
                text_th=one.text_th or "",
                dimension=one.dimension,
            )
        )
    audit.record(
        actor, "survey_edition.added", "survey_edition", edition.code,
        {"first_year": first_year, "last_year": last_year, "like": like},
    )  # fmt: skip
    db.session.flush()
    return edition.code


def _free_code(first_year: int) -> str:
    """``survey-2570``, or with a number behind it where that is taken."""
    start = f"survey-{first_year}"
    taken = set(
        db.session.scalars(
            select(SurveyEdition.code).where(SurveyEdition.code.startswith(start, autoescape=True))
        )
    )
    further = (f"{start}-{place}" for place in range(2, len(taken) + 3))
    return next(code for code in (start, *further) if code not in taken)


def _pattern(code: str) -> list[SurveyIndicator]:
    edition_id = db.session.scalar(select(SurveyEdition.id).where(SurveyEdition.code == code))
    if edition_id is None:
        raise Refused(_("Please choose one of the list."), field="like")
    rows = select(SurveyIndicator).where(SurveyIndicator.edition_id == edition_id)
    return list(db.session.scalars(rows.order_by(SurveyIndicator.number)))


def edit_edition(
    *,
    actor: Viewer,
    code: str,
    version: int,
    name_th: str,
    source: str,
    active: bool,
    texts: dict[int, tuple[str, str]],
) -> None:
    """Words of an edition; ``texts`` by number of the indicator: group and text. The version of
    the edition is raised by any change of its indicators."""
    if not policies.can_manage_villages(actor):
        raise Forbidden
    edition = db.session.scalar(
        select(SurveyEdition).where(SurveyEdition.code == code).with_for_update()
    )
    if edition is None:
        raise NotFound
    if version != edition.version:
        raise StaleRecord(version=edition.version, current=_texts_now(edition))
    edition.name_th, edition.source, edition.active = name_th, source, active
    details: dict[str, Any] = {**audit.changes_of(edition)}
    changed = _reword(edition.id, texts)
    if changed or details:
        details["indicators"] = changed
        flag_modified(edition, "name_th")
        audit.record(actor, "survey_edition.edited", "survey_edition", code, details)
    db.session.flush()


def _texts_now(edition: SurveyEdition) -> dict[str, str]:
    """What stands there now, by the names of the form's fields."""
    current = {
        "name_th": edition.name_th,
        "words_from": edition.source,
        "active": "y" if edition.active else "",
    }
    for one in db.session.scalars(
        select(SurveyIndicator).where(SurveyIndicator.edition_id == edition.id)
    ):
        current |= {f"group_{one.number}": one.group_th, f"text_{one.number}": one.text_th}
    return current


def _reword(edition_id: int, texts: dict[int, tuple[str, str]]) -> list[int]:
    changed = []
    for indicator in db.session.scalars(
        select(SurveyIndicator).where(SurveyIndicator.edition_id == edition_id)
    ):
        group, text = texts.get(indicator.number, (indicator.group_th, indicator.text_th))
        if (group, text) != (indicator.group_th, indicator.text_th):
            indicator.group_th, indicator.text_th = group, text
            changed.append(indicator.number)
    return sorted(changed)
