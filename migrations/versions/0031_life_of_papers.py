"""Papers: where a batch's papers lead, and what was destroyed after its time.

Revision: 0031, after 0029
"""

from alembic import op
import sqlalchemy as sa


revision = '0031'
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the address of a batch, and when, by whom and why contents were destroyed."""
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('base_url', sa.String(length=200), nullable=False, server_default='')
        )
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('destroyed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('destroyed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column('destroyed_under', sa.String(length=200), nullable=False, server_default='')
        )
        batch_op.create_foreign_key(
            batch_op.f('fk_papers_destroyed_by_id_users'), 'users', ['destroyed_by_id'], ['id']
        )


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_papers_destroyed_by_id_users'), type_='foreignkey')
        batch_op.drop_column('destroyed_under')
        batch_op.drop_column('destroyed_by_id')
        batch_op.drop_column('destroyed_at')
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.drop_column('base_url')
