"""Cases that became one, cases within cases, pairs that are two.

Revision: 0026, after 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add merges with their journal, parents, and pairs that are two."""
    op.create_table('case_merges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survivor_id', sa.Integer(), nullable=False),
    sa.Column('merged_id', sa.Integer(), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('was', sa.JSON(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('undone_reason', sa.Text(), nullable=False),
    sa.Column('stayed', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('survivor_id <> merged_id', name=op.f('ck_case_merges_two')),
    sa.ForeignKeyConstraint(['into_id'], ['cases.id'], name=op.f('fk_case_merges_into_id_cases')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_case_merges_made_by_id_users')),
    sa.ForeignKeyConstraint(['merged_id'], ['cases.id'], name=op.f('fk_case_merges_merged_id_cases')),
    sa.ForeignKeyConstraint(['survivor_id'], ['cases.id'], name=op.f('fk_case_merges_survivor_id_cases')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['users.id'], name=op.f('fk_case_merges_undone_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_merges'))
    )
    with op.batch_alter_table('case_merges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_merges_into_id'), ['into_id'], unique=False)
        batch_op.create_index('ix_case_merges_survivor', ['survivor_id', 'id'], unique=False)
        batch_op.create_index('uq_case_merges_standing', ['merged_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('case_parents',
    sa.Column('child_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=True),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('child_id <> parent_id', name=op.f('ck_case_parents_two')),
    sa.ForeignKeyConstraint(['child_id'], ['cases.id'], name=op.f('fk_case_parents_child_id_cases')),
    sa.ForeignKeyConstraint(['linked_by_id'], ['users.id'], name=op.f('fk_case_parents_linked_by_id_users')),
    sa.ForeignKeyConstraint(['parent_id'], ['cases.id'], name=op.f('fk_case_parents_parent_id_cases')),
    sa.PrimaryKeyConstraint('child_id', name=op.f('pk_case_parents'))
    )
    with op.batch_alter_table('case_parents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_parents_parent_id'), ['parent_id'], unique=False)

    op.create_table('cases_apart',
    sa.Column('low_id', sa.Integer(), nullable=False),
    sa.Column('high_id', sa.Integer(), nullable=False),
    sa.Column('said_by_id', sa.Integer(), nullable=True),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('low_id < high_id', name=op.f('ck_cases_apart_order')),
    sa.ForeignKeyConstraint(['high_id'], ['cases.id'], name=op.f('fk_cases_apart_high_id_cases')),
    sa.ForeignKeyConstraint(['low_id'], ['cases.id'], name=op.f('fk_cases_apart_low_id_cases')),
    sa.ForeignKeyConstraint(['said_by_id'], ['users.id'], name=op.f('fk_cases_apart_said_by_id_users')),
    sa.PrimaryKeyConstraint('low_id', 'high_id', name=op.f('pk_cases_apart'))
    )
    with op.batch_alter_table('cases_apart', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cases_apart_high_id'), ['high_id'], unique=False)

    op.create_table('case_merge_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('merge_id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.String(length=64), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['merge_id'], ['case_merges.id'], name=op.f('fk_case_merge_rows_merge_id_case_merges')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_merge_rows'))
    )
    with op.batch_alter_table('case_merge_rows', schema=None) as batch_op:
        batch_op.create_index('ix_case_merge_rows_merge', ['merge_id', 'id'], unique=False)
        batch_op.create_index('ix_case_merge_rows_row', ['table_name', 'row_id'], unique=False)



def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table('case_merge_rows', schema=None) as batch_op:
        batch_op.drop_index('ix_case_merge_rows_row')
        batch_op.drop_index('ix_case_merge_rows_merge')

    op.drop_table('case_merge_rows')
    with op.batch_alter_table('cases_apart', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cases_apart_high_id'))

    op.drop_table('cases_apart')
    with op.batch_alter_table('case_parents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_parents_parent_id'))

    op.drop_table('case_parents')
    with op.batch_alter_table('case_merges', schema=None) as batch_op:
        batch_op.drop_index('uq_case_merges_standing', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
        batch_op.drop_index('ix_case_merges_survivor')
        batch_op.drop_index(batch_op.f('ix_case_merges_into_id'))

    op.drop_table('case_merges')
