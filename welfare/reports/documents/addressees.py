"""Labels and envelopes, drawn some pages at a time and joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from welfare.core.pdf.layouts.labels import ENVELOPES, LABELS, Addressee, Addressees
from welfare.core.pdf.limits import Limits
from welfare.core.pdf.presses import Job, Presses
from welfare.core.pdf.registers.joining import join, page_count
from welfare.core.thai.digits import whole
from welfare.households.queries.postal import Destination
from welfare.papers.queries.office import the_office
from welfare.reports.facts import Made
from welfare.reports.kinds import ListKind

A_SHEET = 24
AT_ONCE = {ListKind.LABELS: 10 * A_SHEET, ListKind.ENVELOPES: 40}
"""How many are drawn in one part."""
TEMPLATES = {ListKind.LABELS: LABELS, ListKind.ENVELOPES: ENVELOPES}
SALUTATIONS = ("กรุณาส่ง", "เรียน")
_LIMITS = Limits(characters=2_000_000, pages=60, seconds=120.0)


@dataclass(frozen=True, slots=True)
class LabelLook:
    """``skip``: labels of the first sheet that are used already; ``frank``: what stands where the
    stamp would."""

    salutation: str = SALUTATIONS[0]
    skip: int = 0
    frank: str = ""

    def as_data(self) -> dict[str, Any]:
        """As it is kept."""
        return {"salutation": self.salutation, "skip": str(self.skip), "frank": self.frank}


def label_look(given: Mapping[str, Any]) -> LabelLook:
    """What was chosen; what is not understood is as usual."""
    skip = whole(str(given.get("skip", "")), digits=2) or 0
    salutation = str(given.get("salutation", ""))
    return LabelLook(
        salutation=salutation if salutation in SALUTATIONS else SALUTATIONS[0],
        skip=min(skip, A_SHEET - 1),
        frank=str(given.get("frank", ""))[:80],
    )


def draw_addressees(
    found: Sequence[Destination],
    kind: ListKind,
    look: LabelLook,
    *,
    presses: Presses | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Made:
    """All of them as one PDF. Raises ``PaperError``."""
    if presses is None:
        with Presses() as own:
            return draw_addressees(found, kind, look, presses=own, progress=progress)
    jobs = list(_jobs(found, kind, look))
    parts: list[bytes] = []
    for drawn in presses.draw_all(jobs):
        if drawn.error is not None:
            raise drawn.error
        parts.append(drawn.pdf)
        if progress is not None:
            progress(len(parts), len(jobs))
    made = join(parts)
    return Made(made, page_count(made), len(found))


def _jobs(found: Sequence[Destination], kind: ListKind, look: LabelLook) -> Iterator[Job]:
    office, size = the_office(), AT_ONCE[kind]
    skip = look.skip if kind is ListKind.LABELS else 0
    at = 0
    while at < len(found) or at == 0:
        taken = found[at : at + size - skip]
        given = Addressees(
            office=office,
            addressees=tuple(
                Addressee(one.name, one.address, salutation=look.salutation) for one in taken
            ),
            skip=skip,
            frank=look.frank,
        )
        yield Job(TEMPLATES[kind], given, limits=_LIMITS, by_columns=True)
        at, skip = at + size - skip, 0
