"""Administration of papers: kinds, texts, books of numbers, certificate, seal."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.images import PictureFault
from welfare.core.security.permissions import Permission
from welfare.core.signing import IdentityFault
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.faults import fault_words
from welfare.core.web.reached import base_url
from welfare.papers import services
from welfare.papers.documents import as_draft, letter_pdf, picture_on_papers
from welfare.papers.facts import LetterFacts
from welfare.papers.forms.admin import (
    CertificateForm,
    ExplainForm,
    LeaveOutForm,
    PrefixForm,
    RenewForm,
    ResetForm,
    SealForm,
    TextForm,
    text_fault_words,
)
from welfare.papers.kinds import PREFIXES, SERIES, AssetKind
from welfare.papers.labels import ASSETS, BOOKS, KEEPS, SOURCES
from welfare.papers.parts import Kind, kind_of, kinds
from welfare.papers.queries import Book, book, books, identities
from welfare.papers.queries.assets import asset_now
from welfare.papers.queries.keeping import keepings
from welfare.papers.queries.numbers import prefix_row
from welfare.papers.queries.office import the_office
from welfare.papers.queries.rights import about_by_number
from welfare.papers.queries.texts import (
    editions,
    examples,
    names_of,
    text_now,
    values_for,
)
from welfare.papers.texts import TextFault, fill
from welfare.papers.views.blueprints import Answer, paper_admin, status_of_page
from welfare.papers.views.certificates import certificate_fault
from welfare.papers.views.files import paper_answer

MANAGE = requires(Permission.MANAGE_LISTS)
MOST_BYTES = 6 * 1024 * 1024
SHOWN_YEARS = 3
"""Fiscal years of a book that its page shows: each takes three statements."""
_CERTIFICATE_FAULTS = {
    "pkcs12_too_large": _l("This file is too large for a certificate."),
    "pkcs12_password": _l("The password does not open this file."),
    "pkcs12_broken": _l("This file is not a certificate with its key (PKCS#12)."),
    "pkcs12_no_key": _l("There is no private key in this file."),
    "certificate_not_valid": _l("This certificate is not valid today."),
    "key_unfit": _l("This kind of key cannot sign papers: RSA 2048 or elliptic 256."),
}


@paper_admin.get("")
@MANAGE
def overview() -> str:
    """All that can be set about papers."""
    return _overview()


def _overview(**forms: Any) -> str:
    known = identities()
    own = {kind: asset_now(kind) is not None for kind in AssetKind}
    given = {
        "certificate_form": CertificateForm(formdata=None),
        "renew_form": RenewForm(formdata=None),
        "seal_form": SealForm(formdata=None),
    }
    return render_template(
        "papers/admin.html",
        kinds=kinds(),
        keeps=KEEPS,
        kept_for={one.kind.code: one.keep for one in keepings()},
        books=books(),
        series=SERIES,
        book_words=BOOKS,
        identities=known,
        certificate_fault=certificate_fault(known),
        address=base_url(),
        address_set=bool(current_app.config["SETTINGS"].base_url),
        sources=SOURCES,
        assets=[(kind, ASSETS[kind], own[kind]) for kind in AssetKind],
        own=own,
        failed=next(iter(forms.values()), None),
        **(given | forms),
    )


@paper_admin.route("/texts/<kind>", methods=["GET", "POST"])
@MANAGE
def text(kind: str) -> Answer:
    """The text of a kind: changed, tried, its versions."""
    which = _composed(kind)
    now = text_now(which)
    form = TextForm(data={"title": now.title, "body": now.body, "version": str(now.edition)})
    if not form.sent():
        return _text_page(which, form), status_of_page()
    try:
        services.check_text(which, form.title.data or "", form.body.data or "")
        lost = ", ".join(which.lost(form.body.data or ""))
        if lost and not form.sure.data:
            form.sure.errors = [
                _("A letter of decision must say this (sections 37 and 40): %(words)s", words=lost)
            ]
            return _text_page(which, form), 422
        services.save_text(
            actor=the_viewer(),
            kind_code=kind,
            seen=form.seen_version,
            title=form.title.data or "",
            body=form.body.data or "",
            note=form.note.data or "",
        )
    except TextFault as fault:
        form.body.errors = [text_fault_words(fault)]
        return _text_page(which, form), 422
    commit()
    words = _("The text is in force from now on. Papers that were issued stay as they are.")
    flash(words, "success")
    return redirect(url_for("paper_admin.text", kind=kind), 303)


@paper_admin.post("/texts/<kind>/try")
@MANAGE
def try_text(kind: str) -> Answer:
    """What was typed as a paper: on a case that the viewer may see, else with examples."""
    which, viewer, form = _composed(kind), the_viewer(), TextForm()
    if not form.sent():
        return _text_page(which, form), 400
    title, body, number = form.title.data or "", form.body.data or "", form.trial.data or ""
    try:
        services.check_text(which, title, body)
        values = examples(which)
        if number:
            values = values_for(which, about_by_number("case", number, viewer), viewer)
        facts = LetterFacts(fill(title, values), str(values.get("ชื่อผู้รับ") or ""), fill(body, values))
    except TextFault as fault:
        form.body.errors = [text_fault_words(fault)]
        return _text_page(which, form), 422
    except NotFound:
        form.trial.errors = [_("There is no case of this number that you may see.")]
        return _text_page(which, form), 422
    drawn = letter_pdf(which, facts, office=the_office(), base_url=base_url())
    return paper_answer(as_draft(drawn, reader=viewer.display_name), f"try-{kind}")


@paper_admin.post("/texts/<kind>/reset")
@MANAGE
def reset_text(kind: str) -> Answer:
    """The text of the program again."""
    which, form = _composed(kind), ResetForm()
    if not form.sent():
        raise Refused(_("This form is incomplete. Please open it again and send it once more."))
    services.reset_text(actor=the_viewer(), kind_code=which.code, seen=form.seen_version)
    commit()
    flash(_("Our text is in force again."), "success")
    return redirect(url_for("paper_admin.text", kind=kind), 303)


def _composed(code: str) -> Kind:
    found = kind_of(code)
    if not found.composed:
        raise NotFound
    return found


def _text_page(kind: Kind, form: TextForm) -> str:
    now = text_now(kind)
    names, lists = names_of(kind)
    return render_template(
        "papers/text.html",
        kind=kind,
        form=form,
        now=now,
        names=names,
        lists=lists,
        editions=editions(kind),
        real=the_viewer().can(Permission.VIEW_CASES),
        reset=ResetForm(formdata=None, data={"version": str(now.edition)}),
    )


@paper_admin.route("/books/<series>", methods=["GET", "POST"])
@MANAGE
def numbers(series: str) -> Answer:
    """A book of numbers: what stands before them, what was used, what was left out."""
    _known(series)
    version, prefix = prefix_row(series)
    form = PrefixForm(data={"prefix": prefix, "version": str(version)})
    if not form.sent():
        return _book_page(series, form, LeaveOutForm(formdata=None)), status_of_page()
    try:
        services.set_prefix(
            actor=the_viewer(),
            series=series,
            version=form.seen_version,
            prefix=form.prefix.data or "",
        )
    except Refused as refusal:
        form.prefix.errors = [refusal.message]
        return _book_page(series, form, LeaveOutForm(formdata=None)), 422
    commit()
    flash(_("Saved."), "success")
    return redirect(url_for("paper_admin.numbers", series=series), 303)


@paper_admin.post("/books/<series>/leave")
@MANAGE
def leave_out(series: str) -> Answer:
    """Leave numbers out, with the reason."""
    _known(series)
    form = LeaveOutForm()
    version, prefix = prefix_row(series)
    other = PrefixForm(formdata=None, data={"prefix": prefix, "version": str(version)})
    if not form.sent():
        return _book_page(series, other, form), 400

    def act() -> str:
        first = services.leave_numbers_out(
            actor=the_viewer(), series=series, up_to=form.last, reason=form.reason.data or ""
        )
        return str(first)

    try:
        form.once(f"paper.leave:{series}", act)
    except Refused as refusal:
        db.session.rollback()
        form[refusal.field or "up_to"].errors = [refusal.message]
        return _book_page(series, other, form), 422
    flash(_("Left out and written down."), "success")
    return redirect(url_for("paper_admin.numbers", series=series), 303)


@paper_admin.post("/books/<series>/explain")
@MANAGE
def explain(series: str) -> Answer:
    """Say why numbers carry no paper."""
    _known(series)
    form = ExplainForm()
    version, prefix = prefix_row(series)
    other = PrefixForm(formdata=None, data={"prefix": prefix, "version": str(version)})
    leave = LeaveOutForm(formdata=None)
    if not form.sent():
        return _book_page(series, other, leave, form), 400

    def act() -> str:
        services.explain_gap(
            actor=the_viewer(),
            series=series,
            year=form.whole_number("gap_year"),
            first=form.whole_number("gap_first"),
            last=form.whole_number("gap_last"),
            reason=form.gap_reason.data or "",
        )
        return "explained"

    try:
        form.once(f"paper.explain:{series}", act)
    except Refused as refusal:
        db.session.rollback()
        field = refusal.field if refusal.field in form else "gap_last"
        form[field].errors = [refusal.message]
        return _book_page(series, other, leave, form), 422
    flash(_("Explained. The reason stays in the book."), "success")
    return redirect(url_for("paper_admin.numbers", series=series), 303)


def _known(series: str) -> None:
    if series not in SERIES:
        raise NotFound


def _book_page(
    series: str, form: PrefixForm, leave: LeaveOutForm, explain: ExplainForm | None = None
) -> str:
    asked = fiscal_year(clock.today())
    known = {year for name, year, _last in books() if name == series}
    years = sorted(known | {asked}, reverse=True)
    latest = whole(request.args.get("year", ""), digits=4) or years[0]
    shown = [year for year in years if year <= latest][:SHOWN_YEARS] or years[:SHOWN_YEARS]
    found = [book(series, year) for year in shown]
    return render_template(
        "papers/book.html",
        series=series,
        name=BOOKS[series],
        usual=PREFIXES.get(series, ""),
        form=form,
        leave=leave,
        sent=explain,
        all_years=years,
        explains={one.fiscal_year: _explaining(one, explain) for one in found if one.unexplained},
        years=found,
    )


def _explaining(one: Book, sent: ExplainForm | None) -> ExplainForm:
    """The form of a year, with the first numbers that want a reason; or as it was sent."""
    if sent is not None and sent.whole_number("gap_year") == one.fiscal_year:
        return sent
    first, last = one.first_unexplained or (0, 0)
    usual = {"gap_year": str(one.fiscal_year), "gap_first": str(first), "gap_last": str(last)}
    return ExplainForm(formdata=None, data=usual)


@paper_admin.post("/certificate")
@MANAGE
def certificate() -> Answer:
    """Sign with a given certificate from now on."""
    form = CertificateForm()
    content = _content(form.certificate_file.data)
    if not form.sent() or not content:
        form.certificate_file.errors = [_("Please choose the file.")]
        return _overview(certificate_form=form), 400
    try:
        services.take_identity(
            actor=the_viewer(), content=content, password=form.p12_password.data or ""
        )
    except IdentityFault as fault:
        form.certificate_file.errors = [str(_CERTIFICATE_FAULTS[fault.code])]
        return _overview(certificate_form=form), 422
    except Refused as refusal:
        form.certificate_file.errors = [refusal.message]
        return _overview(certificate_form=form), 422
    commit()
    flash(_("Papers are signed with this certificate from now on."), "success")
    return redirect(url_for("paper_admin.overview"), 303)


@paper_admin.post("/certificate/renew")
@MANAGE
def renew() -> Answer:
    """Another certificate of our own."""
    form = RenewForm()
    if not form.sent():
        return _overview(renew_form=form), 400

    def act() -> str:
        services.renew_identity(actor=the_viewer())
        return "renewed"

    form.once("paper.renew", act)
    flash(_("Papers are signed with this certificate from now on."), "success")
    return redirect(url_for("paper_admin.overview"), 303)


@paper_admin.post("/seal")
@MANAGE
def seal() -> Answer:
    """The municipality's own picture, or ours again."""
    form = SealForm()
    asset = form.asset.data or ""
    if not form.sent() or asset not in set(AssetKind):
        raise Refused(_("This form is incomplete. Please open it again and send it once more."))
    content = _content(form.seal_file.data)
    ours = request.form.get("do") == "ours"
    if not content and not ours:
        form.seal_file.errors = [_("Please choose the file.")]
        return _overview(seal_form=form), 400
    if len(content) > MOST_BYTES:
        form.seal_file.errors = [_("This picture is larger than 6 MB. Save it smaller, please.")]
        return _overview(seal_form=form), 422
    try:
        services.set_asset(
            actor=the_viewer(), kind=AssetKind(asset), content=None if ours else content
        )
    except PictureFault as fault:
        form.seal_file.errors = [fault_words(fault.code)]
        return _overview(seal_form=form), 422
    commit()
    flash(_("Saved. Papers from now on carry it."), "success")
    return redirect(url_for("paper_admin.overview"), 303)


def _content(file: Any) -> bytes:
    """What was sent; one byte more than may be shows that it is too much."""
    return file.read(MOST_BYTES + 1) if getattr(file, "filename", "") else b""


@paper_admin.get("/seal/<asset>.png")
@MANAGE
def seal_picture(asset: str) -> Response:
    """The picture as papers carry it now, the municipality's own or ours."""
    if asset not in set(AssetKind):
        raise NotFound
    content, media_type = picture_on_papers(AssetKind(asset))
    response = Response(content, mimetype=media_type)
    response.headers["Cache-Control"] = "no-store, private"
    return response
