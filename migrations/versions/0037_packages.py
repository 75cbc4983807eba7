"""Papers: all papers of a batch in one file, made in the background.

Revision: 0037, after 0036
"""

from alembic import op
import sqlalchemy as sa


revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('waiting', 'working')")


def upgrade() -> None:
    """Add the table."""
    op.create_table('paper_packages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.Enum('zip', 'pdf', name='packageform', native_enum=False, length=24), nullable=False),
    sa.Column('status', sa.Enum('waiting', 'working', 'done', 'failed', name='packagestatus', native_enum=False, length=24), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('papers', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['batch_id'], ['paper_batches.id'], name=op.f('fk_paper_packages_batch_id_paper_batches')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_paper_packages_made_by_id_users')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_paper_packages_file_id_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_packages')),
    sa.UniqueConstraint('public_id', name=op.f('uq_paper_packages_public_id'))
    )
    op.create_index('ix_paper_packages_batch', 'paper_packages', ['batch_id', 'id'], unique=False)
    op.create_index('ix_paper_packages_status', 'paper_packages', ['status', 'id'], unique=False)
    op.create_index('uq_paper_packages_open', 'paper_packages', ['batch_id', 'form'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    """Take it away again."""
    op.drop_table('paper_packages')
