"""Transfers and hand-overs of cases; views of the worklist that a person saves.

Revision: 0024, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add transfers, hand-overs, saved views, and what a worker goes with."""
    with op.batch_alter_table('worker_profiles', schema=None) as batch_op:
        batch_op.add_column(sa.Column('vehicle', sa.Enum('none', 'motorcycle', 'car', 'office', name='vehicle', native_enum=False, length=24), server_default='none', nullable=False))

    op.create_table('handovers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['from_id'], ['users.id'], name=op.f('fk_handovers_from_id_users')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_handovers_made_by_id_users')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['users.id'], name=op.f('fk_handovers_undone_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers'))
    )
    with op.batch_alter_table('handovers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handovers_from_id'), ['from_id'], unique=False)

    op.create_table('saved_views',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('query', sa.String(length=600), nullable=False),
    sa.Column('sharing', sa.Enum('private', 'role', 'everybody', name='sharing', native_enum=False, length=24), nullable=False),
    sa.Column('role', sa.Enum('volunteer', 'officer', 'caseworker', 'manager', 'admin', 'auditor', name='role', native_enum=False, length=24), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(sharing = 'role') = (role IS NOT NULL)", name=op.f('ck_saved_views_role')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_saved_views_owner_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_views'))
    )
    with op.batch_alter_table('saved_views', schema=None) as batch_op:
        batch_op.create_index('ix_saved_views_owner', ['owner_id'], unique=False)
        batch_op.create_index('ix_saved_views_sharing', ['sharing', 'role'], unique=False)

    op.create_table('view_choices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('view_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_view_choices_user_id_users')),
    sa.ForeignKeyConstraint(['view_id'], ['saved_views.id'], name=op.f('fk_view_choices_view_id_saved_views')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_view_choices')),
    sa.UniqueConstraint('user_id', name='uq_view_choices_user')
    )
    op.create_table('case_transfers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('asked', 'agreed', 'refused', 'withdrawn', 'lapsed', 'handed', 'returned', name='transferstatus', native_enum=False, length=24), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=True),
    sa.Column('given_id', sa.Integer(), nullable=True),
    sa.Column('handover_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('from_id <> to_id', name=op.f('ck_case_transfers_two_workers')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_case_transfers_asked_by_id_users')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_case_transfers_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_transfers_case_id_cases')),
    sa.ForeignKeyConstraint(['from_id'], ['users.id'], name=op.f('fk_case_transfers_from_id_users')),
    sa.ForeignKeyConstraint(['given_id'], ['assignments.id'], name=op.f('fk_case_transfers_given_id_assignments')),
    sa.ForeignKeyConstraint(['handover_id'], ['handovers.id'], name=op.f('fk_case_transfers_handover_id_handovers')),
    sa.ForeignKeyConstraint(['to_id'], ['users.id'], name=op.f('fk_case_transfers_to_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_transfers'))
    )
    with op.batch_alter_table('case_transfers', schema=None) as batch_op:
        batch_op.create_index('ix_case_transfers_case', ['case_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_transfers_handover_id'), ['handover_id'], unique=False)
        batch_op.create_index('ix_case_transfers_to', ['to_id', 'status'], unique=False)
        batch_op.create_index('uq_case_transfers_asked', ['case_id'], unique=True, sqlite_where=sa.text("status = 'asked'"), postgresql_where=sa.text("status = 'asked'"))



def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table('worker_profiles', schema=None) as batch_op:
        batch_op.drop_column('vehicle')

    with op.batch_alter_table('case_transfers', schema=None) as batch_op:
        batch_op.drop_index('uq_case_transfers_asked', sqlite_where=sa.text("status = 'asked'"), postgresql_where=sa.text("status = 'asked'"))
        batch_op.drop_index('ix_case_transfers_to')
        batch_op.drop_index(batch_op.f('ix_case_transfers_handover_id'))
        batch_op.drop_index('ix_case_transfers_case')

    op.drop_table('case_transfers')
    op.drop_table('view_choices')
    with op.batch_alter_table('saved_views', schema=None) as batch_op:
        batch_op.drop_index('ix_saved_views_sharing')
        batch_op.drop_index('ix_saved_views_owner')

    op.drop_table('saved_views')
    with op.batch_alter_table('handovers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handovers_from_id'))

    op.drop_table('handovers')
