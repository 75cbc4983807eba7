"""A day as somebody plans it with a list and a map: always to the nearest house that is left."""

from collections.abc import Collection

from welfare.dispatch.routing import Day, Job, Plan, Tour, Worker
from welfare.dispatch.routing.noon import Noon
from welfare.dispatch.routing.timetable import Call, tour_of


def nearest_first(day: Day, wanted: Collection[int]) -> list[Plan]:
    """Worker after worker drives to the nearest house they may go to, until their day is full;
    what is left of the wanted visits is made in the same way on further days.

    Houses to which two must go are counted as if one went: that flatters the hand.
    """
    left = {job.id: job for job in day.jobs if job.id in wanted}
    days = []
    while left:
        plan = Plan(tuple(_tour(day, worker, left) for worker in day.workers))
        if not any(tour.stops for tour in plan.tours):
            break
        days.append(plan)
    return days


def _tour(day: Day, worker: Worker, left: dict[int, Job]) -> Tour:
    """One worker's day; what they visit is taken out of what is left."""
    calls: list[Call] = []
    while (call := _nearest(day, worker, calls, left)) is not None:
        calls.append(call)
        del left[call.job.id]
    return tour_of(day, worker, calls) or Tour(worker.id, (), 0, 0, 0)


def _nearest(day: Day, worker: Worker, calls: list[Call], left: dict[int, Job]) -> Call | None:
    here = calls[-1].job.place if calls else day.office
    near = sorted(
        (job for job in left.values() if worker.id in job.may_lead),
        key=lambda job: day.ground.metres(here, job.place),
    )
    return next((call for job in near if (call := _fits(day, worker, calls, job))), None)


def _fits(day: Day, worker: Worker, calls: list[Call], job: Job) -> Call | None:
    noon = Noon(day.ground.lunch_minutes)
    call = Call(job, noon.not_before(job.earliest), noon.not_after(job.latest))
    return call if tour_of(day, worker, [*calls, call]) is not None else None
