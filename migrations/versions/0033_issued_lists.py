"""Registers that were issued: which paper a long list became.

Revision: 0033, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A list drawn by the worker may become a paper."""
    with op.batch_alter_table("drawn_lists", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("paper", sa.String(length=20), nullable=False, server_default="")
        )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("drawn_lists", schema=None) as batch_op:
        batch_op.drop_column("paper")
