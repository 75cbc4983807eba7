"""Cases opened or closed in a month, by village, category or worker, without reading the month.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = {"village": "village_no", "category": "category_id", "assignee": "assignee_id"}


def upgrade() -> None:
    """Add the indexes."""
    closed = sa.text("closed_at IS NOT NULL")
    for name, column in COLUMNS.items():
        op.create_index(f"ix_cases_opened_{name}", "cases", [column, "opened_at", "id"])
        op.create_index(
            f"ix_cases_closed_{name}",
            "cases",
            [column, "closed_at", "id"],
            sqlite_where=closed,
            postgresql_where=closed,
        )


def downgrade() -> None:
    """Take them away."""
    for name in COLUMNS:
        op.drop_index(f"ix_cases_closed_{name}", table_name="cases")
        op.drop_index(f"ix_cases_opened_{name}", table_name="cases")
