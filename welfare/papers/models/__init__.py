"""Tables of papers."""

from welfare.papers.models.batches import PaperBatch, PaperBatchItem, PaperPackage
from welfare.papers.models.keeping import DestructionItem, DestructionList, PaperKeeping
from welfare.papers.models.papers import Paper, PaperGap, PaperSeries
from welfare.papers.models.settings import PaperAsset, PaperText, SigningKey

__all__ = [
    "DestructionItem",
    "DestructionList",
    "Paper",
    "PaperAsset",
    "PaperBatch",
    "PaperBatchItem",
    "PaperGap",
    "PaperKeeping",
    "PaperPackage",
    "PaperSeries",
    "PaperText",
    "SigningKey",
]
