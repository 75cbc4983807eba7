"""Open cases that nobody works on, in the order of their deadlines.

PostgreSQL does not take the order of an index on (worker, deadline) where the worker is NULL: it
read and sorted all of them.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    nobodys = sa.text("closed_at IS NULL AND assignee_id IS NULL")
    op.create_index(
        "ix_cases_open_nobody",
        "cases",
        ["due_at", "id"],
        sqlite_where=nobodys,
        postgresql_where=nobodys,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_cases_open_nobody", table_name="cases")
