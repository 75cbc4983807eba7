"""What can go wrong while a paper is made."""


class PaperError(Exception):
    """A paper could not be made; nothing was stored or sent."""


class PaperTooLarge(PaperError):
    """The HTML is larger, or would fill more pages, than one paper may."""


class PaperTooSlow(PaperError):
    """Laying the paper out took longer than allowed."""
