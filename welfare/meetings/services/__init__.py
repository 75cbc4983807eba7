"""Calling a meeting, its agenda, who came, what was resolved, and carrying that out.

A resolution is carried out by the service that decides on help (``cases.services.helping``): its
rights, its rules of the fund, its budget. One that cannot be carried out stays open and says why.
Nothing of a meeting changes any more once its minutes are issued.
"""

from welfare.meetings.services.agenda import put_on_agenda, take_off_agenda
from welfare.meetings.services.attendance import note_attendance
from welfare.meetings.services.calling import call_meeting, call_off, edit_meeting
from welfare.meetings.services.minutes import approve_minutes
from welfare.meetings.services.recusing import recuse, take_part
from welfare.meetings.services.resolving import Carried, carry_out, undo_item
from welfare.meetings.services.voting import Said, writable_seats, write_down

__all__ = [
    "Carried",
    "Said",
    "approve_minutes",
    "call_meeting",
    "call_off",
    "carry_out",
    "edit_meeting",
    "note_attendance",
    "put_on_agenda",
    "recuse",
    "take_off_agenda",
    "take_part",
    "undo_item",
    "writable_seats",
    "write_down",
]
