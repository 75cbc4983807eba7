"""Numbers complaints by filing and cases by opening, as running numbers would."""

from __future__ import annotations

from dataclasses import replace

from welfare.demo.seeds import CaseSeed, ComplaintSeed, EventSeed


def put_in_order(
    complaints: list[ComplaintSeed], cases: list[CaseSeed]
) -> tuple[list[ComplaintSeed], list[CaseSeed]]:
    """Return both in the order of time, every index and reference to one changed with it."""
    old = sorted(complaints, key=lambda item: (item.filed_at, item.index))
    new_complaint = {item.index: place for place, item in enumerate(old)}
    opened = sorted(cases, key=lambda item: (item.opened_at, item.index))
    new_case = {item.index: place for place, item in enumerate(opened)}
    filed = [
        replace(
            item,
            index=new_complaint[item.index],
            case=None if item.case is None else new_case[item.case],
            duplicate_of=None if item.duplicate_of is None else new_complaint[item.duplicate_of],
        )
        for item in old
    ]
    return filed, [_case(item, new_case, new_complaint) for item in opened]


def _case(item: CaseSeed, cases: dict[int, int], complaints: dict[int, int]) -> CaseSeed:
    return replace(
        item,
        index=cases[item.index],
        complaints=tuple(complaints[one] for one in item.complaints),
        events=tuple(_renumber(event, complaints) for event in item.events),
    )


def _renumber(event: EventSeed, numbers: dict[int, int]) -> EventSeed:
    if event.kind not in ("opened", "joined"):
        return event
    return replace(event, detail=str(numbers[int(event.detail)]))
