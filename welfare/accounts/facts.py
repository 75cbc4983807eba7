"""What an administrator says of an account, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from welfare.core.security.permissions import Role


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """The facts of an account; ``villages`` empty is the whole municipality."""

    display_name: str
    position: str
    roles: frozenset[Role]
    villages: frozenset[int] = frozenset()
    active: bool = True
    email: str = ""

    def as_fields(self) -> dict[str, str]:
        """By the names of the form fields, as text."""
        return {
            "display_name": self.display_name,
            "position": self.position,
            "roles": ", ".join(sorted(self.roles)),
            "villages": ", ".join(str(no) for no in sorted(self.villages)),
            "email": self.email,
            "active": "y" if self.active else "",
        }
