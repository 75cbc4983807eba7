"""One paper at most holds of one thing that it came from: one handing over, one visit.

Revision: 0029, after 0028
"""

from alembic import op
import sqlalchemy as sa


revision = '0029'
down_revision = "0028"
branch_labels = None
depends_on = None

HOLDS = sa.text("status = 'issued' AND source <> ''")


def upgrade() -> None:
    """Let no two hold of one source."""
    op.create_index(
        "uq_papers_source",
        "papers",
        ["kind", "source"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )


def downgrade() -> None:
    """Take the index away."""
    op.drop_index("uq_papers_source", table_name="papers")
