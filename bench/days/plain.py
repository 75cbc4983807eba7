"""Plans and days as plain dictionaries, for the checker that knows nothing of the planner."""

from typing import Any

from welfare.dispatch.routing import Day, Plan


def plain_day(day: Day) -> dict[str, Any]:
    """What was asked."""
    return {
        "office": (day.office.lat, day.office.lng),
        "factor": day.ground.road_factor,
        "speed": day.ground.speed_kmh,
        "lunch": day.ground.lunch_minutes,
        "workers": {
            one.id: {
                "starts": one.starts,
                "ends": one.ends,
                "most": one.most,
                "alone": one.alone,
                "at": (one.start.lat, one.start.lng) if one.start else None,
            }
            for one in day.workers
        },
        "jobs": {
            job.id: {
                "at": (job.place.lat, job.place.lng),
                "minutes": job.minutes,
                "lead": job.may_lead,
                "join": job.may_join,
                "pair": job.pair,
                "earliest": job.earliest,
                "latest": job.latest,
                "worker": job.wanted_worker,
                "hour": job.wanted_at,
            }
            for job in day.jobs
        },
    }


def plain_tours(plan: Plan) -> list[dict[str, Any]]:
    """What was answered."""
    return [
        {
            "worker": tour.worker,
            "leave": tour.leave,
            "back": tour.back,
            "stops": [
                {"job": stop.job, "arrive": stop.arrive, "second": stop.second}
                for stop in tour.stops
            ],
        }
        for tour in plan.tours
    ]
