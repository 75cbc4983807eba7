"""The letter from a referral, for staff and for its agency."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.wrappers import Response

from welfare.core import clock
from welfare.core.thai.dates import format_long
from welfare.core.web.reached import base_url
from welfare.papers.documents import as_copy, as_draft
from welfare.papers.facts import Draw, Stamp
from welfare.papers.queries.office import the_office
from welfare.referrals.documents import Letter, letter_pdf, typed_address
from welfare.referrals.queries.opening import code_of, written_code
from welfare.referrals.queries.referrals import ReferralPage
from welfare.referrals.workflow import Basis, ConsentHow, ReferralStatus

_HOW = {
    ConsentHow.WRITTEN: "เป็นลายลักษณ์อักษร",
    ConsentHow.SPOKEN: "ด้วยวาจา",
    ConsentHow.PHONE: "ทางโทรศัพท์",
    ConsentHow.REQUEST: "ไว้ในคำร้อง",
}
_LAWS = {
    Basis.PUBLIC_TASK: "มาตรา 24 (4)",
    Basis.LEGAL_DUTY: "มาตรา 24 (6)",
    Basis.VITAL: "มาตรา 24 (2)",
}


def ground_words(page: ReferralPage) -> str:
    """On what ground it is shared, as the letter says it."""
    if page.basis is Basis.CONSENT:
        how = _HOW[page.consent_how] if page.consent_how else ""
        day = f" เมื่อวันที่ {format_long(page.consent_on, thai_digits=True)}" if page.consent_on else ""
        return f"โดยได้รับความยินยอมจาก{page.consent_by}{how}{day}"
    law = _LAWS[page.basis]
    return f"โดยอาศัยพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 {law} {page.basis_note}"


def letter_of(page: ReferralPage, *, with_code: bool) -> Response:
    """The PDF; ``with_code`` only of what is still open to answers. A draft says that it is one, a
    letter that was sent that it is a copy."""
    code = code_of(page.row.reference, page.code_round) if with_code and page.is_open else ""
    content = letter_pdf(_letter(page, code), base_url=base_url())
    draft = page.row.status is ReferralStatus.DRAFT
    marked = as_draft(content) if draft else as_copy(content, words="สำเนา พิมพ์จากระบบ")
    response = Response(marked, mimetype="application/pdf")
    name = f"referral-{page.row.reference}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def letter_drawer(page: ReferralPage) -> Draw:
    """Draws the letter as it leaves; ``page`` holds what is shared with nothing covered."""
    letter = _letter(page, code_of(page.row.reference, page.code_round))
    where = base_url()

    def draw(stamp: Stamp) -> bytes:
        issued = replace(letter, letter_no=stamp.number, written_on=stamp.dated)
        return letter_pdf(issued, base_url=where, stamp=stamp)

    return draw


def _letter(page: ReferralPage, code: str) -> Letter:
    sent = page.row.sent_at
    return Letter(
        office=the_office(),
        letter_no=page.row.letter_no,
        written_on=clock.local(sent).date() if sent else None,
        subject=page.row.subject,
        to=page.agency_head or page.row.agency_th,
        agency=page.row.agency_th,
        purpose=page.purpose,
        ground=ground_words(page),
        lines=tuple((line.label, line.value) for line in page.lines),
        answer_by=page.row.answer_by,
        signer=page.signer,
        signer_position=page.signer_position,
        reference=page.row.reference,
        code=written_code(code) if code else "",
        address=typed_address(base_url()),
        open_until=page.open_until,
    )
