"""The life of one case: accepted, given to a worker, visited, helped, closed — as far as `now`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from welfare.demo import calendar, corpus, wording
from welfare.demo.course import Course, Died, NotYet
from welfare.demo.seeds import (
    AssignmentSeed,
    AssistanceSeed,
    TaskSeed,
    VisitSeed,
)
from welfare.demo.stories import categories

OFFICER, MANAGER = "officer", "manager"


NEGATIVE = {"not_eligible", "not_solved", "unfounded", "withdrawn"}


@dataclass(slots=True)
class Life(Course):
    """A case lived through, step by step."""

    def run(self) -> None:
        """Live through every step that has happened by `now`."""
        self.ending = self._choose_ending()
        try:
            self._assign()
            self._set_tasks()
            if self.story.visit:
                self._visit()
            self._help()
            self._close()
            self._heard_from()
            troubled = self.story.visit and self.outcome in ("solved", "partly")
            if troubled and self.rng.random() < 0.045:
                self._reopen()
        except Died:
            self._end_with_death()
        except NotYet:
            pass

    def _end_with_death(self) -> None:
        """Close the case of somebody who died, some days after the office heard of it."""
        if self.subject is None or self.subject.died_on is None:
            return
        heard = calendar.office_time(
            self.rng, self.subject.died_on + timedelta(days=self.rng.randint(1, 5))
        )
        self.at = max(heard, self.at + timedelta(minutes=15))
        if self.at > self.now:
            return
        self._end("deceased", self._words("deceased"), str(self.worker) if self.worker else OFFICER)

    def _assign(self) -> None:
        rng = self.rng
        self._moment(0, 1)
        self._perhaps_wait(0.3)
        worker = rng.choice(self.staff[self.village])
        if rng.random() < 0.06:
            self._offer(worker)
            self._moment(0, 1)
            reason = self._words("decline_assignment")
            self._answer("declined", reason)
            self._tell("declined", worker, reason, who=worker)
            self.status, self.worker = "new", None
            self._moment(0, 1)
            worker = rng.choice([name for name in self._able() if name != worker])
        self._offer(worker)
        self._perhaps_wait(0.35)
        self._moment(0, 2 if self.story.priority != "urgent" else 0)
        self._answer("accepted", "")
        self.status = "working"
        self._tell("accepted", worker, "", who=worker)

    def _perhaps_wait(self, share: float) -> None:
        """Leave some of the last days' cases where they are, as a real morning finds them."""
        if self.now - self.at < timedelta(days=4) and self.rng.random() < share:
            raise NotYet

    def _able(self) -> list[str]:
        return sorted(set(self.staff[self.village]))

    def _offer(self, worker: str) -> None:
        by = MANAGER if self.rng.random() < 0.12 else OFFICER
        self.assignments.append(AssignmentSeed(worker, by, self.at, "offered"))
        self.status, self.worker = "offered", worker
        self._tell("assigned", by, "", who=worker)

    def _answer(self, status: str, reason: str) -> None:
        last = self.assignments[-1]
        self.assignments[-1] = AssignmentSeed(
            last.worker, last.offered_by, last.offered_at, status, self.at, None, reason
        )

    def _set_tasks(self) -> None:
        for title in self.rng.sample(
            self.story.tasks, min(len(self.story.tasks), self.rng.choice((0, 1, 1, 2)))
        ):
            text = wording.render(title, self.slots, self.rng)
            due = calendar.add_working_days(self.at.date(), self.rng.randint(1, 6))
            done = calendar.office_time(self.rng, due - timedelta(days=self.rng.randint(-3, 1)))
            done = max(done, self.at + timedelta(minutes=20))
            finished = done if done <= self.now else None
            self.tasks.append(TaskSeed(text, str(self.worker), self.at, due, finished))
            self._tell("task", OFFICER, text)

    def _visit(self, *, again: bool = False) -> None:
        rng = self.rng
        missed = rng.random() < 0.13
        self._plan_visit("เยี่ยมติดตาม" if again else "เยี่ยมบ้านสอบข้อเท็จจริง", missed=missed)
        if missed:
            self._plan_visit("เยี่ยมบ้านครั้งใหม่", missed=False)

    def _plan_visit(self, purpose: str, *, missed: bool) -> None:
        rng, worker, made_at = self.rng, str(self.worker), self.at
        planned = calendar.after(rng, self.at, 1, max(2, self._share(0.35)))
        planned = planned.replace(minute=planned.minute // 15 * 15, second=0)
        if planned <= self.at:
            planned = self.at
        if self._dead_by(planned):
            raise Died
        self._tell("visit", worker, purpose, who="planned")
        if planned > self.now:
            self.visits.append(
                VisitSeed(worker, self._pull_near(planned), made_at, "planned", purpose)
            )
            raise NotYet
        if rng.random() < 0.012:
            self.visits.append(VisitSeed(worker, planned, made_at, "planned", purpose))
            raise NotYet
        recorded = planned + timedelta(minutes=rng.randint(20, 95))
        if recorded > self.now:
            self.visits.append(VisitSeed(worker, planned, made_at, "planned", purpose))
            raise NotYet
        self.at = recorded
        if missed:
            reason = self._words("missed")
            self.visits.append(
                VisitSeed(worker, planned, made_at, "missed", purpose, recorded, reason)
            )
            self._tell("visit", worker, reason, who="missed")
            return
        self._record_visit(planned, made_at, purpose)

    def _pull_near(self, planned: datetime) -> datetime:
        """Bring some visits of the coming days to today, so that a worker's day is not empty."""
        if planned - self.now < timedelta(days=6) and self.rng.random() < 0.7:
            hour = min(max(self.now.hour + 1, 9) + self.rng.randint(0, 5), 17)
            return self.now.replace(
                hour=hour, minute=self.rng.choice((0, 15, 30, 45)), second=0, microsecond=0
            )
        return planned

    def _record_visit(self, planned: datetime, made_at: datetime, purpose: str) -> None:
        rng, worker = self.rng, str(self.worker)
        again = purpose == "เยี่ยมติดตาม"
        source = self.story.note if again else self.story.found
        found = wording.pick(source, self.slots, rng)
        found += " " + wording.pick(corpus.load("life")["visit_tail"], self.slots, rng)
        needs = (
            ()
            if again
            else tuple(rng.sample(self.story.needs, rng.randint(1, len(self.story.needs))))
        )
        present = rng.choice(
            ("เจ้าตัว", f"เจ้าตัวและ{self.slots['cg']}", self.slots["cg"], "เจ้าตัว และ อสม.")
        )
        self.visits.append(
            VisitSeed(
                worker,
                planned,
                made_at,
                "done",
                purpose,
                self.at,
                "",
                present,
                found.strip(),
                needs,
            )
        )
        self._tell("visit", worker, found.strip(), who="recorded")

    def _help(self) -> None:
        rng, worker = self.rng, str(self.worker)
        if self.story.refer and (rng.random() < 0.7 or self.ending[0] == "referred"):
            self._refer()
        if self.ending[0] in NEGATIVE:
            return
        given = [
            item for place, item in enumerate(self.story.help) if place == 0 or rng.random() < 0.5
        ]
        for item in given:
            self._moment(0, max(1, self._share(0.5 / len(given))))
            self._give(item)
        if rng.random() < 0.7 and self.story.note:
            self._moment(0, self._share(0.15))
            self._tell("note", worker, wording.pick(self.story.note, self.slots, rng))
        if rng.random() < 0.75 and self.story.public:
            self._moment(0, 1)
            self._tell(
                "note", worker, wording.pick(self.story.public, self.slots, rng), public=True
            )
        if self.story.visit and rng.random() < 0.22 and self.story.note:
            self._visit(again=True)

    def _refer(self) -> None:
        rng = self.rng
        code, why = self.story.refer.split("|")
        agency = str(corpus.load("life")["agencies"][code])
        self._moment(0, self._share(0.2))
        self._add_help("referral", f"ส่งต่อ{agency}: {why}", None, agency)
        self.status, self.paused_at = "waiting", self.at
        self._tell("status", str(self.worker), f"ส่งหนังสือถึง{agency} รอผล", who="wait")
        if self.now - self.at < timedelta(days=30) and rng.random() < 0.5:
            raise NotYet
        waited_from = self.at
        self._moment(2, max(4, self._share(0.3)))
        self.status, self.paused_at = "working", None
        self.due_on = calendar.due_on(
            self.opened_at,
            categories()[self.story.category].due_working_days,
            [(waited_from, self.at)],
        )
        answer = f"{agency}ตอบ: {self._words('refer_reply')}"
        self._tell("status", str(self.worker), answer, who="resume")

    def _give(self, item: str) -> None:
        kind, what, bounds, fund = item.split("|")
        amount = wording.round_sum(bounds, self.rng)
        name = str(corpus.load("life")["funds"][fund])
        if what.startswith("ยืม"):
            kind = "equipment"
        self._add_help(kind, what, amount, name)

    def _add_help(self, kind: str, what: str, amount: int | None, fund: str) -> None:
        decided = self.names[MANAGER if kind in ("money", "goods") else OFFICER]
        self.assistance.append(
            AssistanceSeed(
                kind,
                what,
                Decimal(amount) if amount else None,
                fund,
                self.at.date(),
                decided,
                str(self.worker),
                self.at,
            )
        )
        self._tell("assistance", str(self.worker), what)

    def _close(self) -> None:
        rng = self.rng
        target = calendar.add_working_days(self.opened_at.date(), self._share(1.0) - 1)
        if target > self.due_on and rng.random() < 0.6:
            self._moment(*[max(0, (self.due_on - self.at.date()).days) + 1] * 2)
            self._tell("note", str(self.worker), f"เกินกำหนด: {self._words('late_reason')}")
        wait = max(0, (target - self.at.date()).days)
        self._moment(wait, wait + 1)
        outcome, note = self.ending
        by = str(self.worker) if rng.random() < 0.7 else OFFICER
        self._end(outcome, note, by)

    def _choose_ending(self) -> tuple[str, str]:
        rng, life = self.rng, corpus.load("life")
        if rng.random() < 0.02:
            return "withdrawn", self._words("withdrawn")
        if rng.random() < 0.012 and self.subject:
            return "referred", wording.pick(life["moved_away"], self.slots, rng)
        endings = [item for item in self.story.close if not item.startswith("deceased")]
        weights = [3.0 if item.startswith("solved") else 1.2 for item in endings]
        outcome, text = rng.choices(endings, weights)[0].split("|", 1)
        return outcome, wording.render(text, self.slots, rng)

    def _end(self, outcome: str, note: str, by: str) -> None:
        self.status, self.closed_at, self.outcome, self.outcome_note = (
            "closed",
            self.at,
            outcome,
            note,
        )
        if self.assignments and self.assignments[-1].status in ("offered", "accepted"):
            last = self.assignments[-1]
            self.assignments[-1] = AssignmentSeed(
                last.worker, last.offered_by, last.offered_at, "ended", last.answered_at, self.at
            )
        self.tasks = [
            task
            if task.done_at or self.rng.random() < 0.1
            else TaskSeed(task.title, task.assignee, task.created_at, task.due_on, self.at)
            for task in self.tasks
        ]
        self._tell("closed", by, note, public=True, who=outcome)

    def _heard_from(self) -> None:
        if self.outcome in ("deceased", "withdrawn") or self.rng.random() > 0.28:
            return
        closed = self.at
        self._moment(1, 12)
        good = self.outcome == "solved" or (self.outcome == "partly" and self.rng.random() < 0.4)
        helped = "yes" if good else "partly" if self.outcome == "partly" else "no"
        words = self._words("happy" if good else "unhappy")
        self._tell("citizen", "citizen", words, public=True, who=helped)
        self.at = max(self.at, closed)

    def _reopen(self) -> None:
        self._moment(4, 40)
        reason = self._words("reopen")
        self.status, self.closed_at, self.outcome, self.outcome_note = "new", None, None, ""
        self.worker, self.reopened = None, self.reopened + 1
        self.due_on = calendar.due_on(self.at, categories()[self.story.category].due_working_days)
        self._tell("reopened", OFFICER, reason, public=True)
        self._assign()
        if self.story.visit and self.story.note:
            self._visit(again=True)
        self._moment(1, 10)
        self._end("solved", self._words("reopen_close"), str(self.worker))
