"""Reading papers: every question here is answered for a viewer."""

from welfare.papers.queries.numbers import Book, book, books
from welfare.papers.queries.papers import (
    PaperPage,
    PaperRow,
    in_force,
    load_paper,
    paper_page,
    papers_from,
    papers_of,
    stored_bytes,
)
from welfare.papers.queries.register import RegisterFilters, RegisterPage, register
from welfare.papers.queries.signing import identities, identity_now
from welfare.papers.queries.verifying import Verified, verified

__all__ = [
    "Book",
    "PaperPage",
    "PaperRow",
    "RegisterFilters",
    "RegisterPage",
    "Verified",
    "book",
    "books",
    "identities",
    "identity_now",
    "in_force",
    "load_paper",
    "paper_page",
    "papers_from",
    "papers_of",
    "register",
    "stored_bytes",
    "verified",
]
