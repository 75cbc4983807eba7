"""PDF files that people hand in: made harmless before anything else sees them."""

from welfare.core.papers.cleaning import PaperFault, clean_pdf, is_pdf

__all__ = ["PaperFault", "clean_pdf", "is_pdf"]
