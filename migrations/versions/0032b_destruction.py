"""Papers: how long they are kept, lists of those to be destroyed, what was destroyed.

Revision: 0032b, after 0034
"""

from alembic import op
import sqlalchemy as sa


revision = '0032b'
down_revision = "0034"
branch_labels = None
depends_on = None

UNDRAWN = sa.text("file_id IS NULL AND status <> 'draft'")
UNDRAWN_AND_KEPT = sa.text("file_id IS NULL AND destroyed_at IS NULL AND status <> 'draft'")
WAITING = sa.text("fate = 'waiting'")


def upgrade() -> None:
    """Add the tables and columns."""
    op.create_table('paper_keepings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('keep', sa.Enum('1y', '5y', '10y', 'forever', name='keep', native_enum=False, length=24), nullable=False),
    sa.Column('basis', sa.String(length=300), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("basis <> ''", name=op.f('ck_paper_keepings_basis')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_paper_keepings_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_keepings'))
    )
    op.create_index('ix_paper_keepings_kind', 'paper_keepings', ['kind', 'since', 'id'], unique=False)
    op.create_table('destruction_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('status', sa.Enum('drawn', 'approved', 'destroyed', 'dropped', name='liststatus', native_enum=False, length=24), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('committee', sa.LargeBinary(), nullable=True),
    sa.Column('order_no', sa.String(length=60), nullable=False),
    sa.Column('archives', sa.Enum('agreed', 'silent', 'beforehand', name='archives', native_enum=False, length=24), nullable=True),
    sa.Column('archives_on', sa.Date(), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('drop_reason', sa.Text(), nullable=False),
    sa.Column('destroyed_by_id', sa.Integer(), nullable=True),
    sa.Column('destroyed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("status IN ('drawn', 'dropped') OR (approved_by_id IS NOT NULL AND order_no <> '')", name=op.f('ck_destruction_lists_approved')),
    sa.CheckConstraint('approved_by_id IS NULL OR approved_by_id <> made_by_id', name=op.f('ck_destruction_lists_two')),
    sa.CheckConstraint("status <> 'destroyed' OR destroyed_at IS NOT NULL", name=op.f('ck_destruction_lists_destroyed')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_destruction_lists_made_by_id_users')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['users.id'], name=op.f('fk_destruction_lists_approved_by_id_users')),
    sa.ForeignKeyConstraint(['destroyed_by_id'], ['users.id'], name=op.f('fk_destruction_lists_destroyed_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_destruction_lists')),
    sa.UniqueConstraint('public_id', name=op.f('uq_destruction_lists_public_id'))
    )
    op.create_table('destruction_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('fate', sa.Enum('waiting', 'kept', 'destroyed', 'dropped', name='fate', native_enum=False, length=24), nullable=False),
    sa.Column('keep_until', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.CheckConstraint("fate <> 'kept' OR keep_until IS NOT NULL", name=op.f('ck_destruction_items_kept')),
    sa.ForeignKeyConstraint(['list_id'], ['destruction_lists.id'], name=op.f('fk_destruction_items_list_id_destruction_lists')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_destruction_items_paper_id_papers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_destruction_items')),
    sa.UniqueConstraint('list_id', 'place', name=op.f('uq_destruction_items_list_id_place'))
    )
    op.create_index(op.f('ix_destruction_items_paper_id'), 'destruction_items', ['paper_id'], unique=False)
    op.create_index('uq_destruction_items_waiting', 'destruction_items', ['paper_id'], unique=True, sqlite_where=WAITING, postgresql_where=WAITING)
    op.add_column('papers', sa.Column('keep_until', sa.Date(), nullable=True))
    op.add_column('papers', sa.Column('destroyed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('papers', sa.Column('destroyed_by_order', sa.String(length=60), nullable=False, server_default=''))
    op.create_index('ix_papers_dated', 'papers', ['dated', 'id'], unique=False)
    op.drop_index('ix_papers_undrawn', table_name='papers')
    op.create_index('ix_papers_undrawn', 'papers', ['kind', 'id'], unique=False, sqlite_where=UNDRAWN_AND_KEPT, postgresql_where=UNDRAWN_AND_KEPT)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index('ix_papers_undrawn', table_name='papers')
    op.create_index('ix_papers_undrawn', 'papers', ['kind', 'id'], unique=False, sqlite_where=UNDRAWN, postgresql_where=UNDRAWN)
    op.drop_index('ix_papers_dated', table_name='papers')
    for name in ('destroyed_by_order', 'destroyed_at', 'keep_until'):
        op.drop_column('papers', name)
    op.drop_table('destruction_items')
    op.drop_table('destruction_lists')
    op.drop_table('paper_keepings')
