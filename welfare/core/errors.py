"""What can go wrong in a service, in words that the web edge turns into pages."""

from __future__ import annotations

from collections.abc import Mapping


class WelfareError(Exception):
    """Base of everything a service raises on purpose."""


class NotFound(WelfareError):
    """There is no such thing, or none that the viewer may know of (page 404)."""


class TakenAway(WelfareError):
    """What a form was about stood there when it was opened and has been taken back meanwhile."""


class Forbidden(WelfareError):
    """The viewer may see the thing but not do this to it (page 403)."""


class Refused(WelfareError):
    """A rule of the office says no. ``message`` is translated text for the person."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class StaleRecord(WelfareError):
    """Somebody else saved first.

    ``current`` holds, by form field name, what stands in the record now, as text;
    ``version`` is the version that a new attempt must carry.
    """

    def __init__(self, *, version: int, current: Mapping[str, str]) -> None:
        super().__init__("the record has changed since it was read")
        self.version = version
        self.current = dict(current)


class Throttled(WelfareError):
    """Too many attempts; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many attempts")
        self.retry_after = retry_after
