"""Every table of the program, imported once, for the migrations and the mappers."""

import welfare.accounts.models
import welfare.benefits.models
import welfare.cases.models
import welfare.core.audit.models
import welfare.core.municipality
import welfare.core.numbers
import welfare.core.outbox
import welfare.core.security.models
import welfare.core.storage.models
import welfare.dispatch.models
import welfare.households.models
import welfare.intake.models
import welfare.meetings.models
import welfare.messages.models
import welfare.papers.models
import welfare.referrals.models
import welfare.reports.models  # noqa: F401 - imported for its tables
