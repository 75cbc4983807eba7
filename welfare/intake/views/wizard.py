"""The steps of filing: nothing is kept at the server, every page carries the earlier answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import render_template, request

from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Role, Viewer
from welfare.core.web import current_viewer
from welfare.intake.forms.filing import LAST_STEP, STEP_FIELDS, FilingForm
from welfare.intake.views import photos
from welfare.intake.workflow import ComplaintKind

CHECK = LAST_STEP + 1
Page = tuple[str, int]


@dataclass
class Wizard:
    """One request of the form: its answers, the photos kept so far, and where one stands."""

    form: FilingForm
    kept: list[str] = field(default_factory=list)
    danger_seen: bool = False
    checking: bool = False

    def page(self, step: int, status: int = 200, **values: object) -> Page:
        """The page of a step; the step after the last is "check your answers"."""
        name = "check" if step == CHECK else f"step{step}"
        return self._render(name, step, status, **values)

    def danger(self) -> Page:
        """The page that stops: emergency numbers first."""
        return self._render("danger", 1, 200)

    def _render(self, name: str, step: int, status: int, **values: object) -> Page:
        return (
            render_template(
                f"intake/public/{name}.html",
                form=self.form,
                step=step,
                last_step=CHECK,
                hidden=self._carried(step if name != "danger" else CHECK),
                photos=photos.shown(self.kept),
                volunteer=filing_volunteer(),
                concern=self.form.kind.data == ComplaintKind.CONCERN,
                kind_label=self._chosen_label("kind"),
                relationship_label=self._chosen_label("relationship"),
                village_label=self._chosen_label("village") if self.form.village.data else "",
                **values,
            ),
            status,
        )

    def _carried(self, step: int) -> list[tuple[str, str]]:
        """The answers that the page of a step does not ask for, as hidden fields."""
        asked = STEP_FIELDS.get(step, ())
        names = [name for names in STEP_FIELDS.values() for name in names if name not in asked]
        values = [(name, self._as_sent(name)) for name in names]
        flags = [("danger_seen", self.danger_seen), ("checking", self.checking and step != CHECK)]
        return [pair for pair in values if pair[1]] + [(flag, "1") for flag, on in flags if on]

    def _as_sent(self, name: str) -> str:
        data = self.form[name].data
        if isinstance(data, bool):
            return "y" if data else ""
        return str(data or "")

    def _chosen_label(self, name: str) -> str:
        chosen = self.form[name]
        found = (str(one.label) for one in chosen.choices if one.value == chosen.data)
        return next(found, "")


def opened() -> Wizard:
    """The wizard as this request found it: fields, photos carried and uploaded."""
    form = FilingForm()
    wizard = Wizard(
        form,
        danger_seen=bool(request.form.get("danger_seen")),
        checking=bool(request.form.get("checking")),
    )
    if request.method == "POST":
        wizard.kept, problems = photos.take(photos.carried())
        form.photos.errors = problems
    if request.form.get("forget_place"):
        form.lat.data = form.lng.data = ""
    return wizard


def filing_volunteer() -> Viewer | None:
    """The signed-in volunteer who files for a neighbour; other staff have a page of their own."""
    viewer = current_viewer()
    return viewer if viewer is not None and Role.VOLUNTEER in viewer.roles else None


def too_many_message(phone: str) -> str:
    """What to do when too much was filed from one address."""
    if phone:
        return _(
            "Many requests came from this address within the hour. What you typed is still here: "
            "please send it later, or call the office at %(phone)s.",
            phone=phone,
        )
    return _(
        "Many requests came from this address within the hour. What you typed is still here: "
        "please send it later."
    )
