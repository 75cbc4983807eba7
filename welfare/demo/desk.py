"""Fills the officer's desk: what is filed when, what becomes of it, and the cases it leads to."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from welfare.demo import calendar, corpus, wording
from welfare.demo.answers import with_answers
from welfare.demo.cast import Cast, Role, official
from welfare.demo.chance import weighted
from welfare.demo.life import OFFICER, Life
from welfare.demo.morning import Morning
from welfare.demo.ordering import put_in_order
from welfare.demo.seeds import CaseSeed, ComplaintSeed, EventSeed, ReporterSeed, StaffSeed
from welfare.demo.speech import Voice, description, set_office, speak
from welfare.demo.stories import Story, categories, choose, story_by_key

SIDE_ENDINGS = (("declined", 30), ("referred", 28), ("withdrawn", 26), ("needs_info", 16))
GROWTH = 0.6
"""Below 1, people file more as the service becomes known: at the end 1/GROWTH of the average."""
UNLINKED = {"none", "unknown"}


@dataclass(slots=True)
class Desk:
    """Complaints and cases under construction, in order of filing."""

    rng: random.Random
    now: datetime
    cast: Cast
    staff: tuple[StaffSeed, ...]
    complaints: list[ComplaintSeed] = field(default_factory=list)
    cases: list[CaseSeed] = field(default_factory=list)

    def fill(self, cases: int, first_day: date) -> None:
        """File about a sixth more complaints than `cases`; those of the last days await triage."""
        span = (self.now.date() - first_day).days
        moments = sorted(self._filing_moment(first_day, span) for _ in range(round(cases * 1.1)))
        side_every = len(moments) / max(1, len(moments) - cases)
        for place, moment in enumerate(moments):
            aside = int((place + 1) / side_every) > int(place / side_every)
            self._file(moment, aside=aside)
        self.complaints, cases_in_order = put_in_order(self.complaints, self.cases)
        self.cases = Morning(self.rng, self.now, cases_in_order).dawn()
        self.complaints = with_answers(self.complaints, self.cases)

    def _filing_moment(self, first_day: date, span: int) -> datetime:
        while True:
            day = first_day + timedelta(days=round(span * self.rng.random() ** GROWTH))
            if calendar.is_working(day) or self.rng.random() < 0.35:
                moment = calendar.any_time(self.rng, day)
                if moment <= self.now - timedelta(minutes=12):
                    return moment

    # Filing.

    def _file(self, moment: datetime, *, aside: bool) -> None:
        rng = self.rng
        story = choose(rng, moment.month)
        fate = weighted(rng, SIDE_ENDINGS) if aside else ""
        if fate == "referred":
            story = story_by_key("other.not_ours")
        role = self.cast.choose(story.subject, moment.date())
        if role.person is None and story.subject not in UNLINKED:
            story = story_by_key("other.ask")
        village = role.household.village_no if role.household else rng.randint(1, 11)
        voice = speak(rng, self.cast, story, role, village, moment.date())
        if voice.channel not in ("web", "line", "volunteer"):
            moment = calendar.office_time(rng, moment.date())
            if moment > self.now:
                moment = self.now - timedelta(minutes=rng.randint(15, 90))
        complaint = self._complaint(moment, story, role, voice, village)
        self.complaints.append(complaint)
        if aside:
            self._set_aside(complaint, voice, fate)
            return
        self._accept(complaint, story, role, voice, village)

    def _complaint(
        self, moment: datetime, story: Story, role: Role, voice: Voice, village: int
    ) -> ComplaintSeed:
        rng, facts, house = self.rng, categories()[story.category], role.household
        placed = house is not None and rng.random() < 0.34
        known = role.person if role.person and rng.random() < 0.93 else None
        name = official(role.person) if role.person else ""
        if role.person and (voice.told_by != "other" or rng.random() < 0.7):
            name = role.person.full_name
        if not role.person and story.subject == "none":
            name = voice.reporter.name
        text, reporter = self._telling(story, voice)
        return ComplaintSeed(
            index=len(self.complaints),
            filed_at=moment,
            channel=voice.channel,
            kind=story.kind if voice.told_by != "other" else _kind_for_other(story.kind),
            category=story.category,
            description=text,
            subject_name=name,
            subject_phone=role.person.phone if role.person and rng.random() < 0.7 else None,
            subject=known.index if known else None,
            household=house.index if house and known else None,
            house_no=house.house_no if house and rng.random() < 0.92 else "",
            village_no=village if rng.random() < 0.985 else None,
            landmark=voice.slots["lm"] if rng.random() < 0.4 else "",
            lat=house.lat if placed and house else None,
            lng=house.lng if placed and house else None,
            priority=facts.default_priority,
            sensitivity=facts.sensitivity,
            acknowledge_on=calendar.due_on(moment, facts.acknowledge_days),
            due_on=calendar.due_on(moment, facts.due_working_days),
            consent=not reporter.anonymous and rng.random() < 0.94,
            reporter=reporter,
            status="submitted",
            events=(EventSeed(moment, "filed", _filer(voice), "", True),),
        )

    def _telling(self, story: Story, voice: Voice) -> tuple[str, ReporterSeed]:
        """Word the matter so that it fits the one who files it."""
        for _ in range(8):
            text = description(self.rng, story, voice)
            if reporter := set_office(text, voice.reporter):
                return text, reporter
        return text, voice.reporter

    # What becomes of it.

    def _set_aside(self, complaint: ComplaintSeed, voice: Voice, status: str) -> None:
        """Decline, refer, let withdraw, or leave waiting for the citizen."""
        rng, life = self.rng, corpus.load("life")
        fresh = self.now - complaint.filed_at < timedelta(days=20)
        if status == "needs_info" and not fresh:
            status = "withdrawn"
        at = calendar.after(rng, complaint.filed_at, 0, 3)
        if at > self.now:
            return
        key = {"declined": "declined", "referred": "referred_away", "withdrawn": "withdrawn"}
        source = key.get(status, "ask_more")
        text = wording.pick_for(life, source, complaint.category, voice.slots, rng)
        actor = "citizen" if status == "withdrawn" else OFFICER
        kind = {"needs_info": "asked"}.get(status, status)
        decided = None if status == "needs_info" else at
        self.complaints[complaint.index] = replace(
            complaint,
            status=status,
            decided_at=decided,
            decision_text="" if status == "needs_info" else text,
            paused_at=at if status == "needs_info" else None,
            events=(*complaint.events, EventSeed(at, kind, actor, text, True)),
        )

    def _accept(
        self, complaint: ComplaintSeed, story: Story, role: Role, voice: Voice, village: int
    ) -> None:
        rng, facts = self.rng, categories()[story.category]
        events, at = list(complaint.events), complaint.filed_at
        if rng.random() < (0.25 if self.now - at < timedelta(days=9) else 0.09):
            at, done = self._ask_more(complaint, events, voice)
            if not done:
                return
        slow = rng.random() < 0.06
        opened = calendar.after(rng, at, 0, facts.acknowledge_days + (4 if slow else 0))
        if opened > self.now or (self.now - opened < timedelta(days=4) and rng.random() < 0.6):
            self.complaints[complaint.index] = replace(complaint, events=tuple(events))
            return
        if story.ack and rng.random() < 0.7:
            events.append(
                EventSeed(opened, "note", OFFICER, wording.pick(story.ack, voice.slots, rng))
            )
        events.append(EventSeed(opened, "accepted", OFFICER, "", True))
        case = self._case(complaint, story, role, voice, village, opened)
        self.complaints[complaint.index] = replace(
            complaint, status="accepted", decided_at=opened, case=case.index, events=tuple(events)
        )
        self.cases.append(case)
        if rng.random() < 0.065 and role.household and "other" in story.told:
            self._file_again(complaint.index, story, role, village)

    def _ask_more(
        self, complaint: ComplaintSeed, events: list[EventSeed], voice: Voice
    ) -> tuple[datetime, bool]:
        """Ask the filer for more; False while the answer is still awaited."""
        rng, life = self.rng, corpus.load("life")
        asked = calendar.after(rng, complaint.filed_at, 0, 2)
        if asked > self.now:
            return complaint.filed_at, False
        question = wording.pick_for(life, "ask_more", complaint.category, voice.slots, rng)
        events.append(EventSeed(asked, "asked", OFFICER, question, True))
        answered = calendar.any_time(rng, asked.date() + timedelta(days=rng.randint(1, 5)))
        if answered > self.now:
            self.complaints[complaint.index] = replace(
                complaint, status="needs_info", paused_at=asked, events=tuple(events)
            )
            return asked, False
        text = wording.pick(life["citizen_more"], voice.slots, rng)
        events.append(EventSeed(answered, "answered", "citizen", text, True))
        return answered, True

    def _case(
        self,
        complaint: ComplaintSeed,
        story: Story,
        role: Role,
        voice: Voice,
        village: int,
        opened: datetime,
    ) -> CaseSeed:
        rng, facts = self.rng, categories()[story.category]
        life = Life(
            rng=rng,
            now=self.now,
            story=story,
            slots=voice.slots,
            village=village,
            subject=role.person,
            at=opened,
            opened_at=opened,
            due_on=calendar.due_on(opened, facts.due_working_days),
            pace=_pace(rng),
            staff=_workers_by_village(self.staff),
            names={person.username: person.display_name for person in self.staff},
        )
        life.events.append(EventSeed(opened, "opened", OFFICER, "", False, str(complaint.index)))
        life.run()
        return CaseSeed(
            index=len(self.cases),
            opened_at=opened,
            opened_by=OFFICER,
            category=story.category,
            story=story.key,
            title=_title(story, voice, role, rng),
            priority=_priority(story, rng),
            sensitivity=facts.sensitivity,
            household=role.household.index if role.household else None,
            subject=role.person.index if role.person else None,
            village_no=village,
            due_on=life.due_on,
            status=life.status,
            complaints=(complaint.index,),
            updated_at=life.at,
            assignee=life.worker,
            paused_at=life.paused_at,
            closed_at=life.closed_at,
            outcome=life.outcome,
            outcome_note=life.outcome_note,
            reopened_times=life.reopened,
            assignments=tuple(life.assignments),
            visits=tuple(life.visits),
            assistance=tuple(life.assistance),
            tasks=tuple(life.tasks),
            events=tuple(sorted(life.events, key=lambda event: event.at)),
        )

    def _file_again(self, first: int, story: Story, role: Role, village: int) -> None:
        """Let somebody else file the same trouble some days later; it joins the case."""
        rng, original = self.rng, self.complaints[first]
        moment = calendar.any_time(
            rng, original.filed_at.date() + timedelta(days=rng.randint(1, 6))
        )
        case = self.cases[-1]
        joined = calendar.after(rng, max(moment, case.opened_at), 0, 2)
        if joined > self.now or (case.closed_at and joined > case.closed_at):
            return
        voice = speak(rng, self.cast, story, role, village, moment.date(), ("other",))
        again = self._complaint(moment, story, role, voice, village)
        opening = wording.pick(corpus.load("life")["duplicate_opening"], voice.slots, rng)
        note = wording.pick(corpus.load("life")["duplicate_note"], voice.slots, rng)
        events = (
            EventSeed(moment, "filed", _filer(voice), "", True),
            EventSeed(joined, "note", OFFICER, note),
            EventSeed(joined, "accepted", OFFICER, "", True),
        )
        self.complaints.append(
            replace(
                again,
                description=f"{opening} {again.description}",
                status="accepted",
                decided_at=joined,
                case=case.index,
                duplicate_of=first,
                events=events,
            )
        )
        told = EventSeed(joined, "joined", OFFICER, "", False, str(again.index))
        history = tuple(sorted((*case.events, told), key=lambda event: event.at))
        self.cases[-1] = replace(
            case,
            complaints=(*case.complaints, again.index),
            events=history,
            updated_at=max(case.updated_at, joined),
        )


def _filer(voice: Voice) -> str:
    if voice.channel == "volunteer":
        return "volunteer"
    return "citizen" if voice.channel in ("web", "line") else OFFICER


def _kind_for_other(kind: str) -> str:
    return "concern" if kind == "request" else kind


def _pace(rng: random.Random) -> float:
    """Draw the share of the allowed time a case takes: most in time, some late, a few very."""
    chance = rng.random()
    if chance < 0.79:
        return rng.uniform(0.45, 0.98)
    return rng.uniform(1.05, 2.4) if chance < 0.935 else rng.uniform(3.0, 9.0)


def _priority(story: Story, rng: random.Random) -> str:
    if story.priority == "normal" and rng.random() < 0.1:
        return rng.choice(("low", "high"))
    return story.priority


def _title(story: Story, voice: Voice, role: Role, rng: random.Random) -> str:
    text = wording.render(story.title, voice.slots, rng)
    house = f" บ้านเลขที่ {role.household.house_no}" if role.household and rng.random() < 0.3 else ""
    return f"{text}{house} {voice.slots['v']}" if rng.random() < 0.45 else text + house


def _workers_by_village(staff: tuple[StaffSeed, ...]) -> dict[int, tuple[str, ...]]:
    """Return who may work in each village, the one at home there weighted by repetition."""
    workers = [person for person in staff if "caseworker" in person.roles]
    found: dict[int, tuple[str, ...]] = {}
    for no in range(1, 12):
        home = [person.username for person in workers if no in person.home]
        able = [p.username for p in workers if p.villages is None or no in p.villages]
        found[no] = (*home * 24, *able)
    return found
