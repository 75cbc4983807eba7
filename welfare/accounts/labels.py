"""Words for roles."""

from __future__ import annotations

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Role

ROLE_NAMES = {
    Role.VOLUNTEER: _l("Volunteer"),
    Role.OFFICER: _l("Officer (intake and dispatch)"),
    Role.CASEWORKER: _l("Caseworker"),
    Role.MANAGER: _l("Manager"),
    Role.ADMIN: _l("Administrator"),
    Role.AUDITOR: _l("Auditor"),
}

BROWSERS = (
    ("Line/", "LINE"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("EdgA/", "Edge"),
    ("EdgiOS", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""The first that fits counts: nearly all of them also call themselves Chrome and Safari."""

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_words(agent: str) -> str:
    """Browser and system, such as "Chrome, Android"; what is not known stays as it was sent."""
    parts = (_first(BROWSERS, agent), _first(SYSTEMS, agent))
    return ", ".join(part for part in parts if part) or agent


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for sign, name in names if sign in agent), "")
