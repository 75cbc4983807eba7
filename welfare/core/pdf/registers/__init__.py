"""Registers (บัญชีรายชื่อ): lists of thousands of rows, with subtotals and page x of y.

    made = render_register(register)

A table that the layout breaks into pages costs more with each row and does not know how many pages
come. Here lines and pages are broken beforehand, by the widths that the font itself tells, so that
every page is known before the first is drawn: chunks of pages are drawn by several processes, hold
little memory, and are joined into one tagged PDF.
"""

from welfare.core.pdf.registers.at_once import AtOnce
from welfare.core.pdf.registers.facts import Column, Group, Kind, Register
from welfare.core.pdf.registers.making import MadeRegister, render_register

__all__ = ["AtOnce", "Column", "Group", "Kind", "MadeRegister", "Register", "render_register"]
