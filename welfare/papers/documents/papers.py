"""Letters and memos (หนังสือภายนอก, บันทึกข้อความ) as PDF, and what stands on every issued paper.

Order and margins follow the Regulation on Records 2526.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from itertools import count
from urllib.parse import urlsplit

import segno

from welfare.core import clock, pdf
from welfare.core.pdf.assets import drawn_now
from welfare.core.pdf.letterhead import Office
from welfare.core.pdf.marking import Mark, marked
from welfare.core.pdf.presses import Drawn, Job, Presses
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import format_short
from welfare.core.thai.digits import on_paper
from welfare.papers.facts import Draw, DrawMany, LetterFacts, NoAddress, Stamp, ToDraw
from welfare.papers.kinds import AssetKind, Layout
from welfare.papers.parts import Kind, Sheet
from welfare.papers.queries.office import the_office

VERIFY_PATH = "/verify"
_TEMPLATES = {Layout.LETTER: "documents/letter.html", Layout.MEMO: "documents/memo.html"}
PRINTED = "พิมพ์จากระบบ ยังไม่ได้ออกเป็นเอกสารของเทศบาล"
DRAFT = Mark(across="ร่าง", above="ร่าง ยังไม่ได้ออกเลขที่ ใช้อ้างอิงไม่ได้")


@dataclass(frozen=True, slots=True)
class LetterOnPaper:
    """All that stands in a letter or memo; a draft has no number, no day and no code."""

    office: Office
    kind: str
    title: str
    recipient: str
    body: str
    refers: tuple[str, ...]
    enclosures: tuple[str, ...]
    closing: str
    signer: str
    signer_position: str
    number: str = ""
    dated: date | None = None


def verify_link(base_url: str, code: str) -> str:
    """The address behind the QR code."""
    return f"{base_url.rstrip('/')}{VERIFY_PATH}/{code}"


def typed_verify_address(base_url: str) -> str:
    """The same to be typed."""
    return f"{urlsplit(base_url).netloc}{VERIFY_PATH}"


def written_code(code: str) -> str:
    """``1234-5678-9012``, as on papers."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def verify_values(stamp: Stamp, base_url: str) -> dict[str, object]:
    """What ``documents/base.html`` shows at the end of a paper that was issued."""
    return {"verify": code_words(stamp, base_url)}


def code_words(stamp: Stamp, base_url: str) -> dict[str, str]:
    """Code and address to type."""
    return {"code": written_code(stamp.code), "address": typed_verify_address(base_url)}


def verify_drawing(stamp: Stamp, base_url: str) -> dict[str, bytes]:
    """The QR code as a drawing called ``verify``."""
    return {"verify": _qr(verify_link(base_url, stamp.code))}


def letter_pdf(
    kind: Kind, facts: LetterFacts, *, office: Office, base_url: str, stamp: Stamp | None = None
) -> bytes:
    """A letter or memo as PDF, A4, in Thai; without ``stamp`` the draft of one, not yet marked."""
    job = letter_job(kind, facts, office=office, base_url=base_url, stamp=stamp)
    return pdf.render(job.template, job.values, lang=job.lang, drawings=job.drawings)


def letter_job(
    kind: Kind, facts: LetterFacts, *, office: Office, base_url: str, stamp: Stamp | None = None
) -> Job:
    """The same, to be drawn by another process."""
    values = asdict(_on_paper(kind, facts, office)) | {"office": office}
    drawings: dict[str, bytes] = {}
    if stamp is not None:
        values |= verify_values(stamp, base_url)
        values |= {"number": stamp.number, "dated": stamp.dated}
        drawings = verify_drawing(stamp, base_url)
    return Job(_TEMPLATES[kind.layout], values, drawings=drawings)


def letter_drawer(base_url: str = "", presses: Presses | None = None) -> DrawMany:
    """Draws letters and memos as they are issued, for the worker: by ``presses`` side by side, or
    here one after the other. ``base_url``: what is set; else where whoever began them was."""

    def draw(letters: Iterable[ToDraw]) -> Iterator[Drawn]:
        jobs = (_job_of(letter, base_url or letter.base_url) for letter in letters)
        return presses.draw_all(jobs) if presses is not None else map(_here, count(), jobs)

    return draw


def _job_of(letter: ToDraw, base_url: str) -> Job:
    if not urlsplit(base_url).netloc:
        raise NoAddress("no public address")
    office = the_office()
    return letter_job(
        letter.kind, letter.facts, office=office, base_url=base_url, stamp=letter.stamp
    )


def _here(place: int, job: Job) -> Drawn:
    try:
        made = pdf.render(job.template, job.values, lang=job.lang, drawings=job.drawings)
    except pdf.PaperError as error:
        return Drawn(place, error=error)
    return Drawn(place, made)


def _on_paper(kind: Kind, facts: LetterFacts, office: Office) -> LetterOnPaper:
    return LetterOnPaper(
        office=office,
        kind=kind.name_th,
        title=facts.title,
        recipient=facts.recipient,
        body=facts.body,
        refers=_lines(facts.refers),
        enclosures=_lines(facts.enclosures),
        closing=facts.closing,
        signer=facts.signer,
        signer_position=facts.signer_position,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def as_draft(content: bytes, *, reader: str = "") -> bytes:
    """Marked ร่าง; ``reader`` names who reads a sensitive one."""
    return marked(content, Mark(DRAFT.across, DRAFT.above, reader))


def as_copy(
    content: bytes, *, words: str, reader: str = "", withdrawn: datetime | None = None
) -> bytes:
    """Marked สำเนา, or ยกเลิกแล้วเมื่อ with the day where it was taken back; ``words`` say of what,
    when, for whom."""
    if withdrawn is None:
        return marked(content, Mark("สำเนา", on_paper(words), reader))
    day = format_short(withdrawn)
    above = on_paper(f"ยกเลิกแล้วเมื่อ {day} {words}")
    across = on_paper(f"ยกเลิกแล้ว\nเมื่อ {day}")
    return marked(content, Mark(across, above, reader, undone=True))


def copy_words(number: str, by: str) -> str:
    """What the mark of a copy says of it."""
    return f"สำเนา ที่ {number} พิมพ์ {moment()} โดย {by}"


def as_taken_back(content: bytes, number: str, withdrawn: datetime, by: Viewer) -> bytes:
    """A paper that was taken back, as it goes into a package."""
    return as_copy(content, words=copy_words(number, by.display_name), withdrawn=withdrawn)


def sheet_pdf(kind: Kind, sheet: Sheet, *, base_url: str, stamp: Stamp | None = None) -> bytes:
    """The sheet as PDF, A4; with ``stamp`` as it is issued."""
    values = _names(sheet.values)
    drawings = dict(sheet.drawings)
    if sheet.link:
        drawings["link"] = _qr(base_url.rstrip("/") + sheet.link)
    if stamp is not None:
        values |= verify_values(stamp, base_url)
        drawings |= verify_drawing(stamp, base_url)
        if kind.series:
            values |= {"number": stamp.number, "issued_on": stamp.dated}
    return pdf.render(sheet.template, values, pictures=sheet.pictures, drawings=drawings)


def sheet_drawer(kind: Kind, sheet: Sheet, base_url: str) -> Draw:
    """Draws it once its number and code are known."""

    def draw(stamp: Stamp) -> bytes:
        return sheet_pdf(kind, sheet, base_url=base_url, stamp=stamp)

    return draw


def as_print(kind: Kind, sheet: Sheet, content: bytes, *, reader: str) -> bytes:
    """Marked as what it is: a draft of what will take a number; else a print, whose reader stands
    on it where the kind is a sensitive one."""
    if kind.series and not sheet.hindrance:
        return as_draft(content, reader=reader)
    return as_reading(content, reader=reader)


def as_reading(content: bytes, *, reader: str) -> bytes:
    """Marked as printed to be read, and by whom; not issued."""
    return marked(content, Mark(above=PRINTED, reader=reader))


def _names(values: Mapping[str, object] | object) -> dict[str, object]:
    if isinstance(values, Mapping):
        return dict(values)
    if is_dataclass(values) and not isinstance(values, type):
        return {one.name: getattr(values, one.name) for one in fields(values)}
    raise TypeError("a sheet is filled with a mapping or a dataclass")


def _qr(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=4, scale=4)
    return out.getvalue()


_DRAWN_AS = {AssetKind.SEAL: "seal.svg", AssetKind.GARUDA: "emblem.svg"}


def picture_on_papers(kind: AssetKind) -> tuple[bytes, str]:
    """The picture as papers carry it now, and its media type."""
    return drawn_now(_DRAWN_AS[kind])


def read_by(viewer: Viewer) -> str:
    """Who reads it and when, as it stands on a sensitive paper."""
    return f"เปิดอ่านโดย {viewer.display_name} {moment()}"


def moment() -> str:
    """Now, as marks on papers say it."""
    now = clock.local(clock.now())
    return on_paper(f"{format_short(now)} {now:%H.%M} น.")
