"""Papers: those that were issued and are not drawn yet are found at once.

Revision: 0032, after 0031
"""

from alembic import op
import sqlalchemy as sa


revision = '0032'
down_revision = "0031"
branch_labels = None
depends_on = None

UNDRAWN = sa.text("file_id IS NULL AND status <> 'draft'")


def upgrade() -> None:
    """Add the index by which the worker finds what it has to draw."""
    op.create_index(
        'ix_papers_undrawn', 'papers', ['kind', 'id'], unique=False,
        sqlite_where=UNDRAWN, postgresql_where=UNDRAWN,
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_index('ix_papers_undrawn', table_name='papers')
