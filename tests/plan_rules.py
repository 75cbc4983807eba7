"""The hard rules of a day's plan, checked anew: shares no code with the planner.

`faults` is given plain dictionaries and knows nothing of how a plan is made. It reckons ways and
times from the coordinates by a formula of its own.
"""

from math import acos, ceil, cos, pi, sin
from typing import Any

EARTH = 6_371_000.0


def way(a: tuple[float, float], b: tuple[float, float], factor: float) -> float:
    """Metres by the law of cosines, times the road factor."""
    (alat, alng), (blat, blng) = ((x * pi / 180, y * pi / 180) for x, y in (a, b))
    turn = sin(alat) * sin(blat) + cos(alat) * cos(blat) * cos(alng - blng)
    return EARTH * acos(max(-1.0, min(1.0, turn))) * factor


def faults(day: dict[str, Any], tours: list[dict[str, Any]], left: set[int]) -> list[str]:
    """Every rule that is broken, in words. Empty: the plan can be kept.

    day: office, factor, speed, lunch, workers {id: {starts, ends, most, alone, at}}, jobs {id: {at,
    minutes, lead, join, pair, earliest, latest, worker, hour}}; tours: {worker, leave, back, stops:
    [{job, arrive, second}]}. ``at`` of a worker: where they are when they start, none: the office.
    """
    wrong: list[str] = []
    seen: dict[int, list[tuple[int, int, bool]]] = {}
    for tour in tours:
        wrong += _tour(day, tour)
        for stop in tour["stops"]:
            seen.setdefault(stop["job"], []).append(
                (tour["worker"], stop["arrive"], bool(stop["second"]))
            )
    if len({tour["worker"] for tour in tours}) != len(tours):
        wrong.append("somebody has two tours")
    for number, job in day["jobs"].items():
        wrong += _job(day, number, job, seen.get(number, []), number in left)
    return wrong


def _tour(day: dict[str, Any], tour: dict[str, Any]) -> list[str]:
    wrong: list[str] = []
    who = day["workers"][tour["worker"]]
    stops = tour["stops"]
    if not stops:
        return wrong
    if len(stops) > who["most"]:
        wrong.append(f"{tour['worker']} has {len(stops)} visits, may have {who['most']}")
    here, free, rests = who.get("at") or day["office"], tour["leave"], []
    if free < who["starts"]:
        wrong.append(f"{tour['worker']} leaves too early")
    for stop in stops:
        job = day["jobs"][stop["job"]]
        ride = _ride(day, here, job["at"])
        if free + ride > stop["arrive"] + 1e-6:
            wrong.append(f"{tour['worker']} cannot be at {stop['job']} by {stop['arrive']}")
        rests.append((free, stop["arrive"] - free - ride))
        here, free = job["at"], stop["arrive"] + job["minutes"]
    if free + _ride(day, here, day["office"]) > tour["back"] + 1e-6:
        wrong.append(f"{tour['worker']} cannot be back by {tour['back']}")
    if tour["back"] > who["ends"]:
        wrong.append(f"{tour['worker']} is back after the end of work")
    wrong += _lunch(day, tour, rests)
    return wrong


def _ride(day: dict[str, Any], a: tuple[float, float], b: tuple[float, float]) -> float:
    """Whole minutes, as people keep them; a metre's rounding is forgiven."""
    metres = way(a, b, day["factor"])
    return max(0, ceil((metres - 1.0) * 60 / (day["speed"] * 1000)))


def _lunch(
    day: dict[str, Any], tour: dict[str, Any], rests: list[tuple[float, float]]
) -> list[str]:
    """Who works before noon and after one o'clock rests once, beginning from 10:30 to 13:30."""
    arrivals = [stop["arrive"] for stop in tour["stops"]]
    if not (min(arrivals) < 720 <= max(arrivals)):
        return []
    for begins, length in rests[1:]:
        latest = begins + length - day["lunch"]
        if length + 1e-6 >= day["lunch"] and begins <= 810 and latest >= 630:
            return []
    return [f"{tour['worker']} has no lunch"]


def _job(
    day: dict[str, Any],
    number: int,
    job: dict[str, Any],
    seen: list[tuple[int, int, bool]],
    is_left: bool,
) -> list[str]:
    if is_left:
        return [f"{number} is both left out and visited"] if seen else []
    wrong: list[str] = []
    leads = [(who, when) for who, when, second in seen if not second]
    seconds = [(who, when) for who, when, second in seen if second]
    if len(leads) != 1:
        return [f"{number} is visited {len(leads)} times"]
    who, when = leads[0]
    if who not in job["lead"]:
        wrong.append(f"{who} must not have {number}")
    if not job["earliest"] <= when <= job["latest"]:
        wrong.append(f"{number} is visited at {when}, outside its hours")
    if job.get("worker") not in (None, who):
        wrong.append(f"{number} was given to {job['worker']} by hand, not to {who}")
    if job.get("hour") not in (None, when):
        wrong.append(f"{number} was set for {job['hour']} by hand, not {when}")
    if job["pair"]:
        if len(seconds) != 1:
            wrong.append(f"{number} needs two workers")
        elif seconds[0][0] == who or seconds[0][1] != when:
            wrong.append(f"{number}: the two do not arrive together")
        elif seconds[0][0] not in job["join"]:
            wrong.append(f"{seconds[0][0]} must not go along to {number}")
    elif seconds:
        wrong.append(f"{number} has a second worker for nothing")
    elif not day["workers"][who]["alone"]:
        wrong.append(f"{who} must not go alone to {number}")
    return wrong
