"""The letter from a referral, for staff and for its agency."""

from __future__ import annotations

from werkzeug.wrappers import Response

from welfare.core import clock
from welfare.core.municipality import the_municipality
from welfare.core.pdf.letterhead import Office
from welfare.core.thai.dates import format_long
from welfare.referrals.documents import Letter, letter_pdf, typed_address
from welfare.referrals.queries.opening import code_of, written_code
from welfare.referrals.queries.referrals import ReferralPage
from welfare.referrals.views.blueprints import base_url
from welfare.referrals.workflow import Basis, ConsentHow

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
    """The PDF; ``with_code`` only of what is still open to answers."""
    town = the_municipality()
    sent = page.row.sent_at
    code = code_of(page.row.reference, page.code_round) if with_code and page.is_open else ""
    letter = Letter(
        office=Office(
            name=town.name_th,
            division=town.division_th,
            address=town.address_th,
            phone=town.phone,
            email=town.email,
        ),
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
    response = Response(letter_pdf(letter, base_url=base_url()), mimetype="application/pdf")
    name = f"referral-{page.row.reference}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
