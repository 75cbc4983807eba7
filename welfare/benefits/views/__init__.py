"""The administrator's pages of funds and equipment under ``/admin``."""

from welfare.benefits.views.blueprint import blueprint

from welfare.benefits.views import equipment, funds, rules  # isort: skip - they add routes

__all__ = ["blueprint", "equipment", "funds", "rules"]
