"""The family drawn: one SVG for the page and the paper, without a line of style.

A square is a man, a circle a woman, a diamond somebody of whom it is not known; the age stands
inside, names and words beneath. Colours are attributes, so that the content security policy, the
paper and a copy on disk all show the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.households import labels
from welfare.households.kinds import Relation, Sex
from welfare.households.queries.family import Generation, Row
from welfare.households.queries.members import Member

A_LINE = 3
"""Members side by side: so the words stay readable on a phone of 360 pixels."""
WIDTH, CELL, TALL, HEAD_ROOM, GAP = 336, 112, 108, 26, 10
"""Measures of the drawing, in its own units (pixels at full size)."""
NAME_LENGTH = 13

INK, SOFT, EDGE, TEAL, GOLD, PAPER = (
    "#1c2a28", "#4c5a57", "#8a9693", "#0b5d54", "#b8860b", "#f4f7f6",
)  # fmt: skip
FILLS = {"child": "#fbf1d9", "elderly": "#cfe5df", "adult": "#ffffff"}

GENERATION_WORDS = {
    Generation.GRANDPARENTS: _l("Grandparents of the head"),
    Generation.PARENTS: _l("Parents of the head"),
    Generation.HEAD: _l("The head and their generation"),
    Generation.CHILDREN: _l("Children"),
    Generation.GRANDCHILDREN: _l("Grandchildren"),
    Generation.OTHERS: _l("Relatives and others in the house"),
}


def member_words(member: Member) -> str:
    """A member in one line, as the list beside the picture and a screen reader have it."""
    parts = [
        labels.word(labels.RELATION, member.relation),
        labels.word(labels.SEX, member.sex),
        _("%(n)s years", n=member.age) if member.age is not None else _("Age not known"),
    ]
    if member.deceased:
        parts.append(_("deceased"))
    elif not member.de_facto:
        parts.append(_("lives elsewhere"))
    return f"{member.name}: {', '.join(parts)}"


def family_svg(rows: Sequence[Row]) -> Markup:
    """The picture of these rows; empty for nobody."""
    if not rows:
        return Markup("")
    drawn: list[str] = []
    top = 0
    for at, row in enumerate(rows):
        lines = [row.members[i : i + A_LINE] for i in range(0, len(row.members), A_LINE)]
        tall = HEAD_ROOM + TALL * len(lines)
        if at:
            drawn.append(_line(WIDTH / 2, top - GAP, WIDTH / 2, top, TEAL))
        drawn.append(
            f'<rect x="0" y="{top}" width="{WIDTH}" height="{tall}" rx="10" fill="{PAPER}"/>'
            f'<text x="12" y="{top + 19}" font-size="13" fill="{SOFT}">'
            f"{escape(GENERATION_WORDS[row.generation])}</text>"
        )
        for number, line in enumerate(lines):
            drawn += _side_by_side(line, top + HEAD_ROOM + TALL * number)
        top += tall + GAP
    said = escape("; ".join(member_words(member) for row in rows for member in row.members))
    made = (
        f'<svg class="family-picture" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape(_("The family as a picture"))}: {said}" '
        f'viewBox="0 0 {WIDTH} {top - GAP}" width="{WIDTH}" height="{top - GAP}" '
        f'font-family="Sarabun, sans-serif">{"".join(drawn)}</svg>'
    )
    return Markup(made)  # noqa: S704 - of numbers and escaped words


def _side_by_side(line: Sequence[Member], top: int) -> Iterator[str]:
    left = (WIDTH - CELL * len(line)) / 2
    for at, member in enumerate(line):
        middle = left + CELL * at + CELL / 2
        if at and {line[at - 1].relation, member.relation} == {Relation.HEAD, Relation.SPOUSE}:
            yield _line(middle - CELL + 29, top + 33, middle - 29, top + 33, GOLD)
        yield from _drawn(member, middle, top)


def _drawn(member: Member, middle: float, top: int) -> Iterable[str]:
    yield _shape(member, middle, top + 33)
    age = member.age if member.age is not None else "?"
    yield _text(middle, top + 39, 17, str(age), INK, bold=True)
    if member.deceased:
        yield _line(middle - 32, top + 65, middle + 32, top + 1, SOFT)
    if member.relation == Relation.HEAD:
        star = "M0-9 2.6-3 9-2.8 4 1.4 5.8 7.8 0 4.2-5.8 7.8-4 1.4-9-2.8-2.6-3Z"
        yield (
            f'<path d="{star}" transform="translate({middle + 27:g} {top + 10})" '
            f'fill="{GOLD}" stroke="#fff" stroke-width="1.5"/>'
        )
    yield _text(middle, top + 78, 14.5, shortened(member.first_name), INK, bold=True)
    yield _text(middle, top + 96, 13, _standing(member), SOFT)


def _standing(member: Member) -> str:
    """Relation and sex; of who has died or lives elsewhere that instead of the relation."""
    relation = labels.word(labels.RELATION, member.relation)
    if member.relation == Relation.HEAD:
        relation = _("Head")
    if member.deceased:
        relation = _("Deceased")
    elif not member.de_facto:
        relation = _("Elsewhere")
    sex = labels.word(labels.SEX, member.sex) if member.sex != Sex.UNKNOWN else _("Sex not known")
    return f"{relation} · {sex}"


def _shape(member: Member, x: float, y: float) -> str:
    signs = member.signs
    fill = FILLS["child" if signs.child else "elderly" if signs.elderly else "adult"]
    lead = member.relation == Relation.HEAD
    look = f'fill="{fill}" stroke="{TEAL if lead else EDGE}" stroke-width="{3.5 if lead else 1.5}"'
    if member.deceased or not member.de_facto:
        look += ' stroke-dasharray="5 4"'
    if member.sex == Sex.MALE:
        return f'<rect x="{x - 26:g}" y="{y - 26:g}" width="52" height="52" rx="9" {look}/>'
    if member.sex == Sex.FEMALE:
        return f'<circle cx="{x:g}" cy="{y:g}" r="27" {look}/>'
    return (
        f'<path d="M{x:g} {y - 31:g}L{x + 31:g} {y:g} {x:g} {y + 31:g} {x - 31:g} {y:g}Z" {look}/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" '
        'stroke-width="2"/>'
    )


def _text(x: float, y: float, size: float, words: str, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="middle" fill="{colour}"'
        f"{weight}>{escape(words)}</text>"
    )


def shortened(name: str, length: int = NAME_LENGTH) -> str:
    """A name that fits its place: counted in letters that take room, Thai vowels above and below
    and tone marks do not."""
    room, kept = 0, ""
    for letter in name:
        room += unicodedata.category(letter) != "Mn"
        if room > length:
            return kept.rstrip() + "…"
        kept += letter
    return name


__all__ = ["family_svg", "member_words", "shortened"]
