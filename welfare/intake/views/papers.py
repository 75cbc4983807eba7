"""The receipt of a complaint, put together for its paper and its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from werkzeug.wrappers import Response

from welfare.core.i18n import gettext as _
from welfare.core.municipality import the_municipality
from welfare.core.pdf.letterhead import Office
from welfare.core.thai.dates import format_long, local_date
from welfare.core.thai.references import format_secret
from welfare.core.web.reached import base_url
from welfare.core.web.templating import language
from welfare.intake.documents import Hotline, Receipt, build_receipt
from welfare.intake.forms.filing import KINDS
from welfare.intake.queries.tracking import ReceiptFacts
from welfare.intake.workflow import Channel


def next_steps(acknowledge_by: datetime | None) -> tuple[str, ...]:
    """What happens after filing, in the language of the request."""
    lang = language()
    day = format_long(local_date(acknowledge_by), lang=lang) if acknowledge_by else ""
    first = (
        _("An officer reads the request by %(day)s at the latest.", day=day)
        if day
        else _("An officer reads the request.")
    )
    return (
        first,
        _("If it is taken up, a worker is named who deals with it and may visit."),
        _("You can see how it stands at any time with the number and the secret."),
    )


def channel_word(channel: Channel) -> str:
    """How it reached the office."""
    words = {
        Channel.WEB: _("by the web page"),
        Channel.WALK_IN: _("at the office"),
        Channel.PHONE: _("by telephone"),
        Channel.LETTER: _("by letter"),
        Channel.LINE: _("by LINE"),
        Channel.VOLUNTEER: _("through a volunteer"),
        Channel.OUTREACH: _("at a visit of the office"),
    }
    return words[channel]


def receipt_of(facts: ReceiptFacts, *, secret: str | None = None) -> Receipt:
    """The receipt in the language of the request; with the secret only on the first one."""
    lang = language()
    office, english = the_municipality(), lang == "en"
    hotlines = tuple(
        Hotline(line["number"], line.get(f"label_{lang}", "")) for line in office.hotlines[:3]
    )
    return build_receipt(
        office=Office(
            name=office.name_en if english else office.name_th,
            division=office.division_en if english else office.division_th,
            address=office.address_en if english else office.address_th,
            phone=office.phone,
            email=office.email,
        ),
        base_url=base_url(),
        reference=facts.reference,
        received_at=facts.filed_at,
        channel=channel_word(facts.channel),
        kind={value: str(label) for value, label in KINDS}[facts.kind.value],
        category=facts.category_en if english else facts.category_th,
        secret=format_secret(secret) if secret else None,
        subject_name=facts.subject_name,
        reporter_name=facts.reporter_name,
        place=_place(facts),
        description=facts.description,
        next_steps=next_steps(facts.acknowledge_by),
        due_on=local_date(facts.due_at) if facts.due_at else None,
        hotlines=hotlines,
    )


def _place(facts: ReceiptFacts) -> str:
    parts = [
        _("House number %(no)s", no=facts.house_no) if facts.house_no else "",
        _("Village %(no)s", no=facts.village_no) if facts.village_no else "",
        facts.landmark,
    ]
    return " ".join(part for part in parts if part)


def paper(write: Callable[..., bytes], receipt: Receipt, name: str) -> Response:
    """A PDF to be saved, in the language of the request."""
    response = Response(write(receipt, lang=language()), mimetype="application/pdf")
    file_name = f"{name}-{receipt.reference}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
