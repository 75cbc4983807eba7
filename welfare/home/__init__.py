"""The municipality's page, everybody's own desk, the health checks."""

from welfare.home.views import blueprint

__all__ = ["blueprint"]
