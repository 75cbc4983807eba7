"""Meetings of committees, and who takes no part in a decision.

Revision: 0035, after 0034
"""

from alembic import op
import sqlalchemy as sa


revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add meetings with their seats and agendas; papers about them."""
    op.create_table('committee_meetings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('called', 'called_off', name='meetingstatus', native_enum=False, length=24), nullable=False),
    sa.Column('begins_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('place', sa.String(length=160), nullable=False),
    sa.Column('chair', sa.String(length=160), nullable=False),
    sa.Column('secretary', sa.String(length=160), nullable=False),
    sa.Column('attending', sa.Text(), nullable=False),
    sa.Column('announced', sa.Text(), nullable=False),
    sa.Column('earlier_minutes', sa.Text(), nullable=False),
    sa.Column('other', sa.Text(), nullable=False),
    sa.Column('called_off_reason', sa.String(length=300), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_note', sa.String(length=300), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("status <> 'called_off' OR called_off_reason <> ''", name=op.f('ck_committee_meetings_called_off')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_committee_meetings_number')),
    sa.ForeignKeyConstraint(['fund_id'], ['funds.id'], name=op.f('fk_committee_meetings_fund_id_funds')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_committee_meetings_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_meetings')),
    sa.UniqueConstraint('fund_id', 'fiscal_year', 'number', name=op.f('uq_committee_meetings_fund_id_fiscal_year_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_committee_meetings_reference'))
    )
    with op.batch_alter_table('committee_meetings', schema=None) as batch_op:
        batch_op.create_index('ix_committee_meetings_begins', ['begins_at', 'id'], unique=False)

    op.create_table('meeting_seats',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('presence', sa.Enum('present', 'excused', 'absent', name='presence', native_enum=False, length=24), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['committee_meetings.id'], name=op.f('fk_meeting_seats_meeting_id_committee_meetings')),
    sa.ForeignKeyConstraint(['member_id'], ['committee_members.id'], name=op.f('fk_meeting_seats_member_id_committee_members')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_seats')),
    sa.UniqueConstraint('meeting_id', 'member_id', name=op.f('uq_meeting_seats_meeting_id_member_id'))
    )
    with op.batch_alter_table('meeting_seats', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_seats_member_id'), ['member_id'], unique=False)

    op.create_table('help_recusals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['committee_members.id'], name=op.f('fk_help_recusals_member_id_committee_members')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['users.id'], name=op.f('fk_help_recusals_recorded_by_id_users')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_help_recusals_request_id_help_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_recusals')),
    sa.UniqueConstraint('request_id', 'member_id', name=op.f('uq_help_recusals_request_id_member_id'))
    )
    with op.batch_alter_table('help_recusals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_help_recusals_member_id'), ['member_id'], unique=False)

    op.create_table('meeting_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'decided', 'deferred', name='itemstate', native_enum=False, length=24), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['committee_meetings.id'], name=op.f('fk_meeting_items_meeting_id_committee_meetings')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_meeting_items_request_id_help_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_items')),
    sa.UniqueConstraint('meeting_id', 'request_id', name=op.f('uq_meeting_items_meeting_id_request_id'))
    )
    with op.batch_alter_table('meeting_items', schema=None) as batch_op:
        batch_op.create_index('uq_meeting_items_open', ['request_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_id', sa.Integer(), nullable=True))
        batch_op.create_index('ix_papers_meeting', ['meeting_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_papers_meeting_id_committee_meetings'), 'committee_meetings', ['meeting_id'], ['id'])



def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_papers_meeting_id_committee_meetings'), type_='foreignkey')
        batch_op.drop_index('ix_papers_meeting')
        batch_op.drop_column('meeting_id')

    with op.batch_alter_table('meeting_items', schema=None) as batch_op:
        batch_op.drop_index('uq_meeting_items_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.drop_table('meeting_items')
    with op.batch_alter_table('help_recusals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_help_recusals_member_id'))

    op.drop_table('help_recusals')
    with op.batch_alter_table('meeting_seats', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_seats_member_id'))

    op.drop_table('meeting_seats')
    with op.batch_alter_table('committee_meetings', schema=None) as batch_op:
        batch_op.drop_index('ix_committee_meetings_begins')

    op.drop_table('committee_meetings')
