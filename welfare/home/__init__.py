"""The municipality's page, everybody's own desk, the health checks."""

import welfare.home.metrics  # noqa: F401 - adds its route
from welfare.home.views import blueprint

__all__ = ["blueprint"]
