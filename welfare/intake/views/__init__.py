"""Pages of complaints: filing, following, triage."""

from welfare.intake.views import deciding, desk_filing, desk_receipt, triage
from welfare.intake.views.desk import blueprint

__all__ = ["blueprint", "deciding", "desk_filing", "desk_receipt", "triage"]
