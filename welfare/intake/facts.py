"""What a receipt says of a complaint, as it was when it came in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from welfare.intake.workflow import Channel, ComplaintKind

_MOMENTS = ("filed_at", "acknowledge_by", "due_at")


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt says of a complaint."""

    reference: str
    kind: ComplaintKind
    category_th: str
    category_en: str
    danger: bool
    channel: Channel
    filed_at: datetime
    acknowledge_by: datetime | None
    due_at: datetime | None
    subject_name: str
    reporter_name: str
    house_no: str
    village_no: int | None
    landmark: str
    description: str
    anonymous: bool
    private: bool = False
    """Of a sensitive category: whoever finds the paper is to read nothing of what happened."""

    def as_text(self, *, base_url: str = "") -> str:
        """How it is kept with the paper; ``base_url``: where the filer reached the program."""
        values = asdict(self) | {"base_url": base_url}
        for name in _MOMENTS:
            moment = values[name]
            values[name] = moment.isoformat() if moment else None
        return json.dumps(values, ensure_ascii=False)


def receipt_from(text: str) -> tuple[ReceiptFacts, str]:
    """What ``as_text`` wrote, and where its filer reached the program."""
    values: dict[str, Any] = json.loads(text)
    base_url = str(values.pop("base_url", ""))
    for name in _MOMENTS:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["kind"], values["channel"] = ComplaintKind(values["kind"]), Channel(values["channel"])
    return ReceiptFacts(**values), base_url
