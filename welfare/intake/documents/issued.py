"""The receipt as it is issued: drawn from what was frozen at filing, with its code to verify it.

The secret is never on it. A receipt is shown around, copied and kept for years, and the office
keeps what it issued; whoever saw any of these could open the request. The secret stands on the
slip, which is handed over once and kept nowhere.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask_babel import force_locale

from welfare.core.municipality import the_municipality
from welfare.core.thai.dates import Language, local_date
from welfare.core.thai.references import format_secret
from welfare.intake.documents.receipt import Hotline, Receipt, build_receipt, receipt_pdf
from welfare.intake.facts import ReceiptFacts, receipt_from
from welfare.intake.labels import KINDS, channel_word, next_steps, place_words
from welfare.papers.facts import NoAddress, Stamp
from welfare.papers.parts import Later
from welfare.papers.queries.office import the_office


def receipt_of(
    facts: ReceiptFacts, *, lang: Language, base_url: str, secret: str | None = None
) -> Receipt:
    """The receipt in a language that is in force; the secret is for the slip alone."""
    hotlines = tuple(
        Hotline(line["number"], line.get(f"label_{lang}", ""))
        for line in the_municipality().hotlines[:3]
    )
    category = facts.category_en if lang == "en" else facts.category_th
    place = place_words(facts.house_no, facts.village_no, facts.landmark)
    return build_receipt(
        office=the_office(lang),
        base_url=base_url,
        reference=facts.reference,
        received_at=facts.filed_at,
        channel=channel_word(facts.channel),
        kind={value: str(label) for value, label in KINDS}[facts.kind.value],
        category="" if facts.private else category,
        secret=format_secret(secret) if secret else None,
        subject_name="" if facts.private else facts.subject_name,
        reporter_name=facts.reporter_name,
        place="" if facts.private else place,
        description="" if facts.private else facts.description,
        next_steps=next_steps(facts.acknowledge_by, lang),
        due_on=local_date(facts.due_at) if facts.due_at else None,
        hotlines=hotlines,
        private=facts.private,
        anonymous=facts.anonymous,
    )


def draw_receipt(later: Later) -> bytes:
    """The receipt that was issued, as PDF, A4, in the language of its filer; not signed yet.

    ``NoAddress`` where neither the setting nor the filing says where the program is reached.
    """
    facts, reached = receipt_from(later.words)
    base_url = later.base_url or reached
    if not urlsplit(base_url).netloc:
        raise NoAddress("no public address")
    lang: Language = "en" if later.language == "en" else "th"
    with force_locale(lang):
        receipt = receipt_of(facts, lang=lang, base_url=base_url)
    stamp = Stamp(later.number, later.dated, later.code)
    return receipt_pdf(receipt, lang=lang, stamp=stamp, base_url=base_url)
