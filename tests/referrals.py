"""An agency, and referrals to it, for tests."""

from datetime import timedelta
from typing import Any

from tests import cast
from welfare.core import clock
from welfare.core.db import db
from welfare.referrals import services
from welfare.referrals.facts import AgencyFacts, ReferralFacts
from welfare.referrals.models import Referral
from welfare.referrals.queries.opening import code_of
from welfare.referrals.workflow import AgencyKind, Basis, ConsentHow, Shared


def agency(name: str = "โรงพยาบาลบ้านสมมติ", **changes: Any) -> int:
    """A hospital; its id."""
    facts: dict[str, Any] = {"kind": AgencyKind.HOSPITAL, "name_th": name, "head": "ผู้อำนวยการ"}
    made = services.add_agency(actor=cast.viewer(cast.ANAN), facts=AgencyFacts(**(facts | changes)))
    db.session.commit()
    return made


def facts(agency_id: int, **changes: Any) -> ReferralFacts:
    """With the consent of the person: name and what is known are shared."""
    values: dict[str, Any] = {
        "agency_id": agency_id,
        "subject": "ขอความอนุเคราะห์ดูแลผู้ป่วย",
        "purpose": "ขอให้ประเมินและดูแลที่บ้าน",
        "basis": Basis.CONSENT,
        "fields": (Shared.NAME, Shared.SUMMARY),
        "answer_by": clock.today() + timedelta(days=15),
        "consent_by": "นางคำ ใจดี",
        "consent_how": ConsentHow.SPOKEN,
        "consent_on": clock.today(),
    }
    return ReferralFacts(**(values | changes))


def draft(number: str, agency_id: int, actor: str = cast.ORN, **changes: Any) -> int:
    """A referral that is prepared; its id."""
    made = services.draft_referral(
        actor=cast.viewer(actor), number=number, facts=facts(agency_id, **changes)
    )
    db.session.commit()
    return made


def sent(number: str, agency_id: int, actor: str = cast.ORN, **changes: Any) -> int:
    """One that has left; its id."""
    wait = changes.pop("wait", False)
    made = draft(number, agency_id, actor, **changes)
    services.issue_referral(
        actor=cast.viewer(actor), number=number, referral_id=made, version=row(made).version,
        wait=wait,
    )  # fmt: skip
    db.session.commit()
    return made


def row(referral_id: int) -> Referral:
    """As it stands in the database now."""
    db.session.expire_all()
    return db.session.get_one(Referral, referral_id)


def code(referral_id: int) -> tuple[str, str]:
    """Reference and code, as the letter says them."""
    one = row(referral_id)
    return one.reference, code_of(one.reference, one.code_round)
