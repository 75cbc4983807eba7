"""How common the parts of a word are, by a sample of the newest cases.

An index of trigrams reads one list for each three letters that it is asked for, and the lists of
common ones grow with the cases. A rare phrase holds a few letters that hardly stand together
anywhere else: asking for those alone, and looking for the whole in what they bring up, costs much
the same whatever the number of cases. The sample decides what a search costs, never what it finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from welfare.cases.models import Case
from welfare.cases.queries.kept import Kept
from welfare.core.db import db

PART = 3
"""Characters of a part: what an index of trigrams knows, and no shorter word is found by one."""

SAMPLE = 1000
SECONDS = 3600.0

MOST_PARTS = 3
"""How many are asked for, or one of each word if there are more words."""

_AS_RARE = 10
"""Where no case of the sample holds a part, others are asked for while few hold them."""


def rarest_parts(words: Sequence[str]) -> tuple[str, ...]:
    """The parts of these words by which an index finds them soonest, the rarest first.

    Only of letters and marks, which both databases index alike; none where no word has one.
    """
    counts = _sample.get()
    ranked = [sorted((counts[part], part) for part in set(parts_of(word))) for word in words]
    plain = [[pair for pair in pairs if _is_plain(pair[1])] for pairs in ranked]
    of_each = sorted({pairs[0] for pairs in plain if pairs})
    others = sorted({pair for pairs in plain for pair in pairs} - set(of_each))
    chosen = sorted(of_each + others[: max(MOST_PARTS - len(of_each), 0)])
    if chosen and not chosen[0][0]:
        chosen = [pair for pair in chosen if pair[0] <= _AS_RARE]
    return tuple(part for _count, part in chosen)


def is_rare(part: str) -> bool:
    """Whether no case of the sample holds it: a look at the newest would find little."""
    return not _sample.get()[part]


def parts_of(word: str) -> list[str]:
    """All parts of a word in their order; none of a word that is too short."""
    return [word[start : start + PART] for start in range(len(word) - PART + 1)]


def _read() -> Counter[str]:
    """In how many cases of the sample each part stands."""
    newest = select(Case.search_text).order_by(Case.id.desc()).limit(SAMPLE)
    counts: Counter[str] = Counter()
    for text in db.session.connection().execute(newest).scalars():
        counts.update(set(parts_of(text)))
    return counts


_sample = Kept(_read, seconds=SECONDS)


def _is_plain(part: str) -> bool:
    return all(char.isalnum() or "\u0e31" <= char <= "\u0e4e" for char in part)
