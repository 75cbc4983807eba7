"""Long lists on paper, drawn in the background.

Revision: 0030, after 0029
"""

from alembic import op
import sqlalchemy as sa


revision = '0030'
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of drawn lists."""
    op.create_table('drawn_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.Enum('recipients', 'labels', 'envelopes', name='listkind', native_enum=False, length=24), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('status', sa.Enum('waiting', 'working', 'done', 'failed', name='liststatus', native_enum=False, length=24), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('failure', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_drawn_lists_file_id_stored_files')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_drawn_lists_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drawn_lists')),
    sa.UniqueConstraint('public_id', name=op.f('uq_drawn_lists_public_id'))
    )
    with op.batch_alter_table('drawn_lists', schema=None) as batch_op:
        batch_op.create_index('ix_drawn_lists_maker', ['made_by_id', 'id'], unique=False)
        batch_op.create_index('ix_drawn_lists_status', ['status', 'id'], unique=False)


def downgrade() -> None:
    """Remove it."""
    op.drop_table('drawn_lists')
