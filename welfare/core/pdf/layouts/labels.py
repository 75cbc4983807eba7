"""Labels and envelopes: whom a letter goes to, on sheets of 3 by 8 or on an envelope each."""

from dataclasses import dataclass

from welfare.core.pdf.letterhead import Office

LABELS = "documents/labels.html"
ENVELOPES = "documents/envelopes.html"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where it goes; `address` in lines, the post code last. `reference`: ours, printed small."""

    name: str
    address: str
    reference: str = ""
    salutation: str = "กรุณาส่ง"


@dataclass(frozen=True, slots=True)
class Addressees:
    """A batch of them. `skip`: labels of the first sheet that were used already."""

    office: Office
    addressees: tuple[Addressee, ...]
    skip: int = 0
    frank: str = ""
    """What stands where the stamp would (ชำระค่าฝากส่งเป็นรายเดือน …)."""
