"""Whose paper it is, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """The head of every paper. All texts in the paper's language; empty where not known."""

    name: str
    division: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
