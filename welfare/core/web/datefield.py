"""A date in three fields (day, month by name, year in พ.ศ.), for ``components/thai_date.html``."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.dateinput import from_parts
from welfare.core.thai.dates import BE_OFFSET, Precision
from welfare.core.thai.faults import InputFault
from welfare.core.web.faults import fault_words


class ThaiDateField(Field):
    """Reads ``<name>-day``, ``<name>-month``, ``<name>-year``, in either era and either digits.

    Where a whole date is one choice among several it is sent as ``<name>``: day/month/year.

    ``data`` is the date or ``None``; ``precision`` says how much of it is known. A part of a date
    is accepted only with ``partial=True``. ``needed`` is the message when nothing is entered.
    ``date_parts`` is what to show again: as typed.
    """

    widget = TextInput()
    PARTS = ("day", "month", "year")

    def __init__(
        self, label: Any = None, *, partial: bool = False, needed: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.partial, self.needed = partial, needed
        self.precision: Precision = "day"
        self.date_parts: tuple[str, str, str] = ("", "", "")
        self._fault: str | None = None
        if needed is not None:
            self.flags.required = True

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the date from the form, or the given one when nothing was sent."""
        self.process_errors = []
        self.data = data if isinstance(data, date) else self._default()
        self.object_data = self.data
        self.show()
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.PARTS):
            self._read(*(formdata.get(f"{self.name}-{part}", "") for part in self.PARTS))
        elif formdata is not None and self.name in formdata:
            day, month, year = (*formdata.get(self.name, "").split("/"), "", "", "")[:3]
            self._read(day, month, year)

    def show(self, precision: Precision | None = None) -> None:
        """Fill the three fields from ``data``, as far as it is known."""
        if precision is not None:
            self.precision = precision
        known = {"day": 3, "month": 2, "year": 1}[self.precision]
        if self.data is None:
            self.date_parts = ("", "", "")
            return
        day, month, year = self.data.day, self.data.month, self.data.year + BE_OFFSET
        self.date_parts = (
            str(day) if known == 3 else "",
            str(month) if known > 1 else "",
            str(year),
        )

    def _default(self) -> date | None:
        given = self.default() if callable(self.default) else self.default
        return given if isinstance(given, date) else None

    def _read(self, day: str, month: str, year: str) -> None:
        self.date_parts = (day[:40], month[:40], year[:40])
        self.data, self._fault, self.precision = None, None, "day"
        if not any(part.strip() for part in self.date_parts):
            return
        try:
            parsed = from_parts(*self.date_parts)
        except InputFault as fault:
            self._fault = fault_words(fault)
            return
        if parsed.precision != "day" and not self.partial:
            self._fault = str(_l("Please enter day, month and year."))
            return
        self.data, self.precision = parsed.date, parsed.precision

    def pre_validate(self, form: Any) -> None:
        """What was typed must be a date; something must be typed where it is needed."""
        if self._fault:
            raise ValidationError(self._fault)
        if self.data is None and self.needed is not None:
            raise ValidationError(str(self.needed))
