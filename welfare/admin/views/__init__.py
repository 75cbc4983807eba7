"""Addresses under /admin."""

from welfare.admin.views import (  # noqa: F401 - each adds its addresses to the blueprint
    accounts,
    audit,
    casework,
    categories,
    closures,
    deadlines,
    escalation,
    operations,
    overview,
    rights,
    routing,
    rules,
    town,
    villages,
)
from welfare.admin.views.blueprint import blueprint

__all__ = ["blueprint"]
