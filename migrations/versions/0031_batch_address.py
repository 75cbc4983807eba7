"""Papers: where the papers of a batch lead.

Revision: 0031, after 0030
"""

from alembic import op
import sqlalchemy as sa


revision = '0031'
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the address at which whoever began a batch reached the program."""
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('base_url', sa.String(length=200), nullable=False, server_default='')
        )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.drop_column('base_url')
