"""Who speaks, in what words: the filer's voice and the slots of a story."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date

from welfare.demo import corpus, identity, wording
from welfare.demo.cast import (
    THAI_MONTHS,
    WEEKDAYS,
    Cast,
    Role,
    age_on,
    kin_word,
    local_call,
    official,
)
from welfare.demo.chance import weighted
from welfare.demo.seeds import PersonSeed, ReporterSeed
from welfare.demo.stories import Story

CHANNELS = {
    "self": (("web", 46), ("phone", 24), ("walk_in", 24), ("letter", 3), ("line", 3)),
    "family": (("web", 58), ("phone", 22), ("walk_in", 16), ("letter", 1), ("line", 3)),
    "other": (("web", 34), ("phone", 26), ("volunteer", 30), ("walk_in", 6), ("outreach", 4)),
}
SPOKEN = {"phone", "walk_in"}
OFFICES = (
    (("อสม. ลง", "อสม. หมู่"), "volunteer"),
    (("ผู้ใหญ่บ้านเสนอ", "ผู้ใหญ่บ้านแจ้ง", "พ่อหลวง", "แม่หลวง"), "village_head"),
    (("รพ.สต. ส่งต่อ", "ครู", "นักสังคมสงเคราะห์ รพ."), "other"),
)
PLAIN = {"other", "staff_conduct", "homeless", "violence", "legal_status", "funeral"}
"""Categories where a line about one's circumstances would be out of place."""


@dataclass(slots=True)
class Voice:
    """One telling of a story: the filer, the channel and the filled slots."""

    told_by: str
    channel: str
    reporter: ReporterSeed
    slots: dict[str, str] = field(default_factory=dict)


def speak(
    rng: random.Random,
    cast: Cast,
    story: Story,
    role: Role,
    village: int,
    day: date,
    voices: tuple[str, ...] = ("self", "family", "other"),
) -> Voice:
    """Choose who files, of the allowed voices, and fill the slots for that telling."""
    teller, told_by, who = _teller(rng, cast, story, role, village, day, voices)
    channel = weighted(rng, CHANNELS[told_by])
    relationship = _relationship(rng, told_by, channel)
    anonymous = told_by == "other" and relationship == "neighbour" and rng.random() < 0.3
    spoken = channel in SPOKEN
    slots = _slots(rng, role, village, day)
    slots |= _speaker_slots(rng, teller, day, spoken=spoken)
    slots["who"] = slots["i"] if told_by == "self" else who
    if spoken and told_by == "family":
        slots["who"] = f"{who}ของผู้แจ้ง"
    reporter = _reporter(rng, teller, relationship, anonymous=anonymous)
    return Voice(told_by, channel, reporter, slots)


def description(rng: random.Random, story: Story, voice: Voice) -> str:
    """The filer's words: opening, the matter, a circumstance, a closing; now and then a slip."""
    life = corpus.load("life")
    opening = "openers_self" if voice.told_by != "other" else "openers_other"
    spoken = voice.channel in SPOKEN
    head = "" if spoken else wording.pick(life[opening], voice.slots, rng)
    body = wording.pick(story.told[voice.told_by], voice.slots, rng)
    fits = voice.told_by != "other" and story.category not in PLAIN and "คนเดียว" not in body
    extra = (
        wording.pick(life["background"], voice.slots, rng) if fits and rng.random() < 0.4 else ""
    )
    last = "closers_plain" if story.category in PLAIN else "closers"
    close = "" if spoken else wording.pick(life[last], voice.slots, rng)
    if head.startswith("อสม.") and ("แจ้ง" in body or voice.slots["v"] in body):
        head = ""
    if voice.slots["lm"] in body and voice.slots["lm"] in close:
        close = ""
    text = " ".join(part for part in (head, body, extra, close) if part)
    slips = not spoken and rng.random() < 0.09
    return wording.misspell(text, rng) if slips else text


def set_office(text: str, reporter: ReporterSeed) -> ReporterSeed | None:
    """Return the reporter as the text itself says who writes; None if it cannot be them.

    A volunteer, a village head, a teacher or a nurse does not write anonymously.
    """
    for words, relationship in OFFICES:
        if any(word in text[:30] for word in words):
            return None if reporter.anonymous else replace(reporter, relationship=relationship)
    return reporter


def _teller(
    rng: random.Random,
    cast: Cast,
    story: Story,
    role: Role,
    village: int,
    day: date,
    allowed: tuple[str, ...],
) -> tuple[PersonSeed, str, str]:
    voices = [name for name in story.told if name in allowed and (name != "self" or role.age >= 18)]
    told_by = rng.choices(voices, [{"self": 4, "family": 4, "other": 3}[v] for v in voices])[0]
    if told_by == "family" and (found := cast.relative(role, day)):
        return found[0], told_by, found[1]
    if told_by == "family" and "self" in voices:
        told_by = "self"
    if told_by == "self" and role.person is not None:
        return role.person, told_by, ""
    neighbour = cast.neighbour(role, village)
    if told_by == "family":
        return neighbour, told_by, _far_relative(role, age_on(neighbour, day), rng)
    if told_by == "self":
        return neighbour, told_by, ""
    return neighbour, told_by, local_call(role.person, role.age, rng)


def _far_relative(role: Role, teller_age: int, rng: random.Random) -> str:
    """What a relative living elsewhere calls the one in need."""
    return kin_word(role.person, role.age, teller_age, rng) if role.person else "ญาติ"


def _relationship(rng: random.Random, told_by: str, channel: str) -> str:
    if told_by != "other":
        return told_by
    if channel in ("volunteer", "outreach"):
        return "volunteer" if rng.random() < 0.75 else "village_head"
    return "neighbour" if rng.random() < 0.8 else "volunteer"


def _slots(rng: random.Random, role: Role, village: int, day: date) -> dict[str, str]:
    house = role.household
    died = role.person.died_on if role.person else None
    month = (day.month - 2 - (rng.random() < 0.3)) % 12
    if died and died < day:
        month = died.month - 1
    places = corpus.load("places")
    male = role.person is not None and role.person.sex == "m"
    return {
        "nm": official(role.person),
        "age": str(max(1, role.age)),
        "v": f"หมู่ {village}",
        "h": house.house_no if house else str(rng.randint(1, 200)),
        "lm": (house.landmark if house else "") or str(rng.choice(places["landmarks"])),
        "m": THAI_MONTHS[month],
        "d": rng.choice(WEEKDAYS),
        "n2": str(rng.randint(2, 5)),
        "n3": str(rng.randint(3, 9)),
        "n20": str(rng.randint(20, 40)),
        "cg": _carer(role, rng),
        "sp": "ภรรยา" if male else "สามี",
        "sp2": rng.choice(("ยาย", "แม่อุ๊ย") if male else ("ตา", "พ่ออุ๊ย")),
        "adl": str(_adl(role, rng)),
        "vh": rng.choice(("พ่อหลวง", "ผู้ใหญ่บ้าน", "แม่หลวง")),
    }


def _carer(role: Role, rng: random.Random) -> str:
    life = corpus.load("life")
    if role.age < 16:
        return str(rng.choice(life["carers_child"]))
    married = role.person is not None and role.person.marital == "married"
    if married and role.person and rng.random() < 0.4:
        return "ภรรยา" if role.person.sex == "m" else "สามี"
    return str(rng.choice(life["carers"]))


def _adl(role: Role, rng: random.Random) -> int:
    known = role.person.adl if role.person else None
    return known if known is not None and known <= 11 else rng.randint(2, 10)


def _speaker_slots(
    rng: random.Random, teller: PersonSeed, day: date, *, spoken: bool
) -> dict[str, str]:
    if spoken:
        return {"k": "", "kq": "", "i": "ผู้แจ้ง", "own": teller.given_name}
    age, male = age_on(teller, day), teller.sex == "m"
    if male:
        pronoun = rng.choice(("ผม", "ผม", "ผม", "กระผม"))
    else:
        pronoun = rng.choice(
            ("หนู", "ดิฉัน", "เรา") if age < 35 else ("ฉัน", "ดิฉัน", "ป้า" if age > 52 else "ฉัน")
        )
    return {
        "k": "ครับ" if male else "ค่ะ",
        "kq": "ครับ" if male else "คะ",
        "i": pronoun,
        "own": teller.given_name,
    }


def _reporter(
    rng: random.Random, teller: PersonSeed, relationship: str, *, anonymous: bool
) -> ReporterSeed:
    if anonymous:
        return ReporterSeed(anonymous=True, relationship=relationship)
    phone = teller.phone
    if phone is None and rng.random() < 0.6:
        phone = identity.phone(teller.index + 4_001)
    email = identity.email(teller.index + 1) if rng.random() < 0.06 else None
    return ReporterSeed(
        anonymous=False,
        name=teller.full_name,
        phone=phone,
        email=email,
        relationship=relationship,
    )
