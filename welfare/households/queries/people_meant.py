"""Whom a query means: by a number, by the words of names, of where they live, or of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Reason
from welfare.households.models import NameSound
from welfare.households.models.words import ANYBODYS
from welfare.households.queries.asking import Asked
from welfare.households.queries.fitting import (
    HOUSES,
    PEOPLE,
    Forms,
    Level,
    Shelf,
    Values,
    Where,
    has_word,
    in_house,
    one,
    placing,
    sounds_of,
    stands_by,
    starts,
)
from welfare.households.queries.hits import Hit, areas_of, people_by_number, people_by_phone_end
from welfare.households.queries.near import near_words, walk_near
from welfare.households.queries.walks import Walk, first_of, led_by, sizes, walks

ALIKE_BELOW = 10
"""Names that only sound alike, then those one slip away, are looked for where fewer than these
were found otherwise."""
_JOINED_FROM = 4
"""Letters from which a word is also looked for across two words (สมชายใจดี typed as one)."""

BY_NAME = {
    Level.WHOLE: Reason.NAME,
    Level.START: Reason.NAME_START,
    Level.PART: Reason.NAME_PART,
    Level.ALIKE: Reason.NAME_ALIKE,
    Level.NEAR: Reason.NAME_NEAR,
}


def people_meant(asked: Asked, viewer: Viewer, need: int) -> list[Hit]:
    """The people meant, up to ``need`` and the surest first. What the index says of where they may
    be seen from is no proof: whoever shows them asks ``policies.person_in_area`` once more."""
    hits = {hit.id: hit for hit in people_by_number(asked, viewer)}
    elsewhere = asked.village_no is not None and not viewer.covers(asked.village_no)
    if (asked.homes or asked.village_no is not None or asked.name_words) and not elsewhere:
        for hit in _PeopleSearch(asked, viewer).hits(need):
            hits.setdefault(hit.id, hit)
    for hit in people_by_phone_end(asked, viewer, need - len(hits)):
        hits.setdefault(hit.id, hit)
    return list(hits.values())[:need]


class _PeopleSearch:
    """People by the words of their names, of where they live, or of both."""

    def __init__(self, asked: Asked, viewer: Viewer) -> None:
        self.names = asked.name_words
        self.houses = asked.homes
        self.village_no = asked.village_no
        self.seen_from = areas_of(viewer)
        self.areas = self.seen_from
        self.common = False
        self.stay = "IS NULL"
        if self.village_no is not None and self.areas is None:
            self.areas = (self.village_no,)

    def hits(self, need: int) -> list[Hit]:
        if not self.names:
            values = Values()
            steps = first_of([self._homes(self._rarest_house(), Level.WHOLE, values)], values, need)
            numbered = any(where is Where.NUMBER for _word, where in self.houses)
            reason = Reason.ADDRESS if numbered else Reason.PLACE if self.houses else Reason.VILLAGE
            return [Hit(step.id, reason) for step in steps]
        self.along = self._rarest()
        found: dict[int, Hit] = {}
        self._add(found, (Level.WHOLE, Level.START), need)
        self._add(found, (Level.PART,), need)
        if len(self.names) == 1 and len(found) < need:
            values = Values()
            steps = first_of(list(self._across(values)), values, need - len(found), found)
            found |= {step.id: Hit(step.id, Reason.NAME_PART, step.earlier) for step in steps}
        if len(found) < ALIKE_BELOW and not (self.common and self._in_fragments()):
            self._add_likenesses(found, need)
        if self.houses and len(found) < need:
            self._add_formerly(found, need)
        return list(found.values())

    def _add_formerly(self, found: dict[int, Hit], need: int) -> None:
        """Who is called so and lived there before: moved since, or died."""
        self.stay, self.areas = "IS NOT NULL", self.seen_from
        former = dict(found)
        for levels in ((Level.WHOLE, Level.START), (Level.PART,)):
            self._add(former, levels, need)
        found |= {
            hit.id: replace(hit, reason=Reason.EARLIER_HOME)
            for hit in former.values()
            if hit.id not in found
        }

    def _add_likenesses(self, found: dict[int, Hit], need: int) -> None:
        """What sounds alike; then: one word of the query has a slip in it, the others are right or
        sound so."""
        values = Values()
        todo: list[Walk] = []
        if any(sounds_of(forms) for forms in self.names):
            todo += self._on_level(Level.ALIKE, values)
        for place, words in enumerate(near_words(self.names)):
            if words:
                rest = [other for at, other in enumerate(self.names) if at != place]
                walk = walk_near(words, self.areas, values)
                todo.append(
                    walk.only(
                        *(stands_by(walk.record, each, Level.ALIKE, values) for each in rest),
                        *self._at_home(walk, values),
                    )
                )
        if todo:
            self._take(found, todo, values, need)

    def _add(self, found: dict[int, Hit], levels: Sequence[Level], need: int) -> None:
        if len(found) < need:
            values = Values()
            todo = [walk for level in levels for walk in self._on_level(level, values)]
            self._take(found, todo, values, need)

    def _take(self, found: dict[int, Hit], todo: Sequence[Walk], values: Values, need: int) -> None:
        steps = first_of(todo, values, need - len(found), found)
        found |= {step.id: Hit(step.id, BY_NAME[step.level], step.earlier) for step in steps}

    def _rarest(self) -> int:
        """The word to walk along: a place in the names, or behind them in the houses' words."""
        wanted: list[tuple[Shelf, Forms, Level]] = [
            *((PEOPLE, forms, Level.PART) for forms in self.names),
            *((HOUSES, (word,), Level.WHOLE) for word, _where in self.houses),
        ]
        if not wanted[1:]:
            return 0
        counted, self.common = sizes(wanted)
        return counted.index(min(counted))

    def _in_fragments(self) -> bool:
        """Parts of names rather than names: where all are common, none of them is misspelt."""
        return len(self.names) > 2 or any(len(forms[0]) < _JOINED_FROM for forms in self.names)

    def _rarest_house(self) -> tuple[str, Where] | None:
        if not self.houses[1:]:
            return self.houses[0] if self.houses else None
        counted, _common = sizes([(HOUSES, (word,), Level.WHOLE) for word, _where in self.houses])
        return self.houses[counted.index(min(counted))]

    def _on_level(self, level: Level, values: Values) -> Iterator[Walk]:
        """The walks along the rarest word, past those whom the other words do not fit."""
        if self.along >= len(self.names):
            walk = self._homes(self.houses[self.along - len(self.names)], level, values)
            named = (has_word(PEOPLE, walk.record, forms, level, values) for forms in self.names)
            yield walk.only(*named)
            return
        rest = [forms for place, forms in enumerate(self.names) if place != self.along]
        for each in led_by(level) if rest else (level,):
            for walk in walks(PEOPLE, self.names[self.along], each, self.areas, values):
                leveled = replace(walk, level=level)
                yield leveled.only(
                    *(stands_by(walk.record, forms, level, values) for forms in rest),
                    *self._at_home(walk, values),
                )

    def _at_home(self, walk: Walk, values: Values) -> list[str]:
        """Only who lives where the query says."""
        if not self.houses and self.village_no is None:
            return []
        home = (
            "memberships m CROSS JOIN households h WHERE h.id = m.household_id"
            f" AND m.person_id = {walk.record} AND m.to_day {self.stay}"
        )
        if self.stay != "IS NULL" and self.seen_from is not None:
            seen = ", ".join(values.put(area) for area in self.seen_from)
            home += f" AND coalesce(h.village_no, {ANYBODYS}) IN ({seen})"
        if self.village_no is not None:
            home += f" AND h.village_no = {values.put(self.village_no)}"
        for word, where in self.houses:
            home += f" AND {in_house('h.id', word, where, Level.WHOLE, values)}"
        return [one(home)]

    def _homes(self, led: tuple[str, Where] | None, level: Level, values: Values) -> Walk:
        """Who lives in the houses of a word, or of the village asked for."""
        if led is None:
            house, source = "h.id", "households h"
            where = [f"h.village_no = {values.put(self.village_no)}"]
        else:
            house, source = "h.household_id", "house_words h"
            where = [f"h.word = {values.put(led[0])}", *placing("h", led[1], Level.WHOLE)]
            if self.village_no is not None:
                where.append(f"h.area = {values.put(self.village_no)}")
            elif self.stay != "IS NULL" and self.seen_from is not None:
                within = ", ".join(values.put(area) for area in self.seen_from)
                where.append(f"h.area IN ({within})")
        where += [
            in_house(house, *other, Level.WHOLE, values) for other in self.houses if other != led
        ]
        seen = "person_words s WHERE s.person_id = m.person_id"
        if self.seen_from is not None:
            seen += f" AND s.area IN ({', '.join(values.put(area) for area in self.seen_from)})"
        where += [f"m.household_id = {house}", f"m.to_day {self.stay}", one(seen)]
        return Walk(
            level, "m.person_id", "''", f"{source} CROSS JOIN memberships m", tuple(where),
            f"{house}, m.person_id", word="''",
        )  # fmt: skip

    def _across(self, values: Values) -> Iterator[Walk]:
        """Two words written as one: one of them whole, the other from where they meet."""
        cuts = [
            (form[:cut], form[cut:])
            for form in self.names[0]
            if len(form) >= _JOINED_FROM
            for cut in range(1, len(form))
        ]
        if not cuts:
            return
        halves = sorted({half for cut in cuts for half in cut})
        known = set(db.session.scalars(select(NameSound.word).where(NameSound.word.in_(halves))))
        for before, after in cuts:
            if before in known:
                yield from self._joined(before, starts("x.word", after, values), values)
            if after in known:
                cut = f"length(x.word) - {len(before) - 1}"
                test = f"substr(x.word, {cut}) = {values.put(before)}"
                yield from self._joined(
                    after, f"length(x.word) >= {len(before)} AND {test}", values
                )

    def _joined(self, word: str, beside: str, values: Values) -> Iterator[Walk]:
        for walk in walks(PEOPLE, (word,), Level.WHOLE, self.areas, values):
            not_it = f"x.word || '' <> {values.put(word)}"
            other = f"person_words x WHERE x.person_id = {walk.record} AND {not_it} AND {beside}"
            yield walk.only(one(other), *self._at_home(walk, values))
