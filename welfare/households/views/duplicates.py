"""What may stand twice: the queue, two records side by side, and what is decided about them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.households.forms.duplicates import ApartForm, AskAgainForm
from welfare.households.kinds import PairKind, PairStatus
from welfare.households.likeness import Sign
from welfare.households.likeness.words import WORDS
from welfare.households.queries import villages
from welfare.households.queries.duplicates.comparing import Comparison, comparison
from welfare.households.queries.duplicates.fields import A, B
from welfare.households.queries.duplicates.queue import PER_PAGE, Asked, duplicates
from welfare.households.services.duplicates import ask_again, keep_apart
from welfare.households.views.blueprint import Page, blueprint, page

FOR_PEOPLE = (
    Sign.SAME_ID, Sign.ID_ONE_DIGIT, Sign.ID_TRANSPOSED, Sign.ID_CUT, Sign.SAME_NAME,
    Sign.NAME_SOUNDS, Sign.NAME_NEAR, Sign.NAMES_SWAPPED, Sign.EARLIER_NAME, Sign.SURNAME_CHANGED,
    Sign.SAME_BIRTH, Sign.BIRTH_YEAR, Sign.BIRTH_SWAPPED, Sign.BIRTH_ERA, Sign.SAME_PHONE,
    Sign.SAME_HOUSE,
)  # fmt: skip
FOR_HOUSES = (
    Sign.HOUSE_CODE, Sign.CODE_NEAR, Sign.SAME_ADDRESS, Sign.ADDRESS_NEAR, Sign.SAME_PEOPLE,
    Sign.SAME_PLACE,
)  # fmt: skip

KINDS = {"people": PairKind.PERSON, "households": PairKind.HOUSEHOLD}
PLACES = {kind: place for place, kind in KINDS.items()}


@blueprint.get("/registry/duplicates")
@requires(Permission.VIEW_REGISTRY)
def duplicate_pairs() -> Page:
    """The pairs that may be one, the likeliest first."""
    viewer = the_viewer()
    asked = _asked()
    queue = duplicates(asked, viewer=viewer)
    signs = FOR_PEOPLE if asked.kind == PairKind.PERSON else FOR_HOUSES
    return page(
        "duplicates/queue.html",
        queue=queue,
        per_page=PER_PAGE,
        place=PLACES[asked.kind],
        places=PLACES,
        villages=[row for row in villages() if viewer.covers(row.village_no)],
        signs={sign.value: WORDS[sign] for sign in signs},
    )


def _asked() -> Asked:
    """The filters; what makes no sense is left out."""
    given = request.args
    village, page_no = given.get("village", ""), given.get("page", "")
    statuses, signs = {one.value: one for one in PairStatus}, {one.value: one for one in Sign}
    return Asked(
        kind=KINDS.get(given.get("kind", ""), PairKind.PERSON),
        status=statuses.get(given.get("status", ""), PairStatus.OPEN),
        village=_small(village),
        reason=signs.get(given.get("reason", "")),
        page=_small(page_no) or 1,
    )


def _small(text: str) -> int | None:
    return whole(text, digits=5)


@blueprint.get("/registry/duplicates/<any(people, households):place>/<a>/<b>")
@requires(Permission.VIEW_REGISTRY)
def duplicate_pair(place: str, a: str, b: str) -> Page:
    """Two records side by side."""
    return show_pair(KINDS[place], a, b)


def show_pair(
    kind: PairKind, a: str, b: str, status: int = 200, apart: ApartForm | None = None
) -> Page:
    """The page of a pair as it is now; the reading of both is noted."""
    viewer = the_viewer()
    both = comparison(kind, a, b, viewer=viewer, survivor=_survivor())
    if request.method == "GET":
        audit.read_several(viewer, kind.value, (both.a.number, both.b.number))
    version = str(both.decision.version) if both.decision else "0"
    return page(
        "duplicates/compare.html",
        status,
        both=both,
        place=PLACES[kind],
        chosen=_chosen(both),
        survivor=_survivor(),
        apart=apart or ApartForm(data={"version": version}),
    )


def _survivor() -> str:
    return B if request.values.get("survivor") == B else A


def _chosen(both: Comparison) -> dict[str, str]:
    """What is ticked: what was chosen before, else the proposal."""
    return {line.name: request.values.get(line.name) or line.default for line in both.lines}


@blueprint.post("/registry/duplicates/<any(people, households):place>/<a>/<b>/apart")
@requires(Permission.MERGE_REGISTRY)
def keep_pair_apart(place: str, a: str, b: str) -> Page | Response:
    """These are two."""
    form, kind = ApartForm(), KINDS[place]
    if not form.sent():
        return show_pair(kind, a, b, 400, form)
    return _decide(kind, a, b, lambda: keep_apart(
        actor=the_viewer(), kind=kind, a=a, b=b, version=form.seen_version,
        note=form.note.data or "",
    ), _("It is remembered that these are two. They will not be offered again."))  # fmt: skip


@blueprint.post("/registry/duplicates/<any(people, households):place>/<a>/<b>/ask-again")
@requires(Permission.MERGE_REGISTRY)
def ask_about_pair_again(place: str, a: str, b: str) -> Page | Response:
    """Take back that these are two."""
    form, kind = AskAgainForm(), KINDS[place]
    if not form.sent():
        return show_pair(kind, a, b, 400)
    return _decide(
        kind, a, b,
        lambda: ask_again(actor=the_viewer(), kind=kind, a=a, b=b, version=form.seen_version),
        _("The pair is in the list again."),
    )  # fmt: skip


def _decide(kind: PairKind, a: str, b: str, act: Any, words: str) -> Page | Response:
    try:
        act()
        commit()
    except StaleRecord:
        flash(_("Somebody has decided about this pair meanwhile. Please look again."), "warning")
        return show_pair(kind, a, b, 409)
    flash(words, "success")
    return redirect(url_for(".duplicate_pairs", kind=PLACES[kind]), code=303)
