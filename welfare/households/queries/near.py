"""Names one slip away from how a word of the query sounds: a letter more, less, another, swapped.

Gathered by what is left when one letter is taken out, on both sides, then measured. Which words
they are is the same on both databases: by distance, then by the letters themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA
from sqlalchemy import select

from welfare.core.db import db
from welfare.core.thai.sounds import one_slip, sound_keys
from welfare.households.models import NameSlip, NameSound
from welfare.households.queries.fitting import PEOPLE, Forms, Level, Values
from welfare.households.queries.walks import Areas, Walk

MOST = 40
"""Names one slip away that are looked for at most, those with the most letters in common first."""
SHORTEST_ALONE, SHORTEST = 4, 3
"""Letters of a sound that may have a slip in it: of the only word of a query, and of several."""

_LETTERS = re.compile("[ก-ฮ\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4ea-z]+")
"""What is written otherwise (100%, ก_ข) is no name with a slip in it."""


def near_words(asked: Sequence[Forms]) -> list[list[str]]:
    """For each word of a query the words of names one slip away from how it sounds, the nearest
    first; one statement for all of them."""
    shortest = SHORTEST if asked[1:] else SHORTEST_ALONE
    sounds = [
        {key for form in forms if _LETTERS.fullmatch(form) for key in sound_keys(form)}
        for forms in asked
    ]
    sounds = [{key for key in keys if len(key) >= shortest} for keys in sounds]
    slips = sorted({slip for keys in sounds for key in keys for slip in one_slip(key)})
    if not slips:
        return [[] for _forms in asked]
    known = db.session.execute(
        select(NameSlip.word, NameSound.sound)
        .join(NameSound, NameSound.word == NameSlip.word)
        .where(NameSlip.slip.in_(slips))
    )
    gathered = {(row.word, row.sound) for row in known}
    return [_nearest(forms, keys, gathered) for forms, keys in zip(asked, sounds, strict=True)]


def _nearest(forms: Forms, sounds: set[str], gathered: set[tuple[str, str]]) -> list[str]:
    near: dict[str, int] = {}
    for word, sound in gathered:
        far = min((OSA.distance(sound, own, score_cutoff=1) for own in sounds), default=2)
        near[word] = min(far, near.get(word, far))
    measured = sorted(
        (min(OSA.distance(word, form) for form in forms), word)
        for word, far in near.items()
        if far == 1
    )
    return [word for _letters, word in measured[:MOST]]


def walk_near(words: Sequence[str], areas: Areas, values: Values) -> Walk:
    """The bearers of these words."""
    where = [f"w.word IN ({', '.join(values.put(word) for word in words)})"]
    if areas is not None:
        where.append(f"w.area IN ({', '.join(values.put(area) for area in areas)})")
    return Walk(
        Level.NEAR, "w.person_id", "w.word", "person_words w", tuple(where),
        f"w.word, {PEOPLE.order}", earlier=PEOPLE.earlier,
    )  # fmt: skip
