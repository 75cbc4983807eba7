"""The kind of paper that a receipt is."""

from __future__ import annotations

from welfare.papers.parts import Kind

RECEIPT = Kind(
    code="receipt",
    name_th="ใบรับคำร้อง",
    name_en="Receipt of a request",
    issues=frozenset(),
    about=("complaint",),
    numbered_by_others=True,
    number_told=True,
    of_course=True,
)
"""Issued by the filing itself, by nobody in particular. It carries the number of the complaint and
takes none from a book: the citizen has one number to remember, the complaint's numbers have no gaps
either, and a book of its own would only repeat them."""
