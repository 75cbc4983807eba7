"""Funds, their rules, decisions on help, and equipment on loan.

Revision: 0021, after 0020
"""

from alembic import op
import sqlalchemy as sa


revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table('equipment_kinds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('loan_days', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equipment_kinds')),
    sa.UniqueConstraint('code', name=op.f('uq_equipment_kinds_code'))
    )
    op.create_table('funds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('legal_basis', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_funds')),
    sa.UniqueConstraint('code', name=op.f('uq_funds_code'))
    )
    op.create_table('committee_members',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('position', sa.String(length=120), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['fund_id'], ['funds.id'], name=op.f('fk_committee_members_fund_id_funds')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_committee_members_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_members'))
    )
    with op.batch_alter_table('committee_members', schema=None) as batch_op:
        batch_op.create_index('ix_committee_members_fund', ['fund_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_committee_members_user_id'), ['user_id'], unique=False)

    op.create_table('equipment_pieces',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('state', sa.Enum('in_stock', 'lent', 'repair', 'lost', 'retired', name='piecestate', native_enum=False, length=24), nullable=False),
    sa.Column('condition', sa.String(length=200), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=True),
    sa.Column('acquired_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['kind_id'], ['equipment_kinds.id'], name=op.f('fk_equipment_pieces_kind_id_equipment_kinds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equipment_pieces')),
    sa.UniqueConstraint('number', name=op.f('uq_equipment_pieces_number'))
    )
    with op.batch_alter_table('equipment_pieces', schema=None) as batch_op:
        batch_op.create_index('ix_equipment_pieces_kind', ['kind_id', 'state'], unique=False)

    op.create_table('fund_budgets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('reserved', sa.BigInteger(), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('paid >= 0', name=op.f('ck_fund_budgets_paid')),
    sa.CheckConstraint('reserved + paid <= amount', name=op.f('ck_fund_budgets_left')),
    sa.CheckConstraint('reserved >= 0', name=op.f('ck_fund_budgets_reserved')),
    sa.ForeignKeyConstraint(['fund_id'], ['funds.id'], name=op.f('fk_fund_budgets_fund_id_funds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund_budgets')),
    sa.UniqueConstraint('fund_id', 'fiscal_year', name=op.f('uq_fund_budgets_fund_id_fiscal_year'))
    )
    op.create_table('fund_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('per_time', 'per_year', 'times', 'decider', 'committee', name='rulekind', native_enum=False, length=24), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('times', sa.Integer(), nullable=True),
    sa.Column('per', sa.Enum('person', 'household', name='per', native_enum=False, length=24), nullable=False),
    sa.Column('role', sa.Enum('volunteer', 'officer', 'caseworker', 'manager', 'admin', 'auditor', name='role', native_enum=False, length=24), nullable=True),
    sa.Column('members', sa.Integer(), nullable=True),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.Column('legal_basis', sa.String(length=300), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount IS NULL OR amount >= 0', name=op.f('ck_fund_rules_amount')),
    sa.CheckConstraint('effective_to IS NULL OR effective_to >= effective_from', name=op.f('ck_fund_rules_effective')),
    sa.ForeignKeyConstraint(['fund_id'], ['funds.id'], name=op.f('fk_fund_rules_fund_id_funds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund_rules'))
    )
    with op.batch_alter_table('fund_rules', schema=None) as batch_op:
        batch_op.create_index('ix_fund_rules_fund', ['fund_id', 'effective_from'], unique=False)

    op.create_table('fund_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('budget_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Enum('allotted', 'reserved', 'released', 'paid', 'returned', name='entrykind', native_enum=False, length=24), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('case_number', sa.String(length=20), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_fund_entries_actor_id_users')),
    sa.ForeignKeyConstraint(['budget_id'], ['fund_budgets.id'], name=op.f('fk_fund_entries_budget_id_fund_budgets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund_entries'))
    )
    with op.batch_alter_table('fund_entries', schema=None) as batch_op:
        batch_op.create_index('ix_fund_entries_budget', ['budget_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entries_request_id'), ['request_id'], unique=False)

    op.create_table('help_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('household_id', sa.Integer(), nullable=True),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('budget_id', sa.Integer(), nullable=True),
    sa.Column('fiscal_year', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('money', 'goods', 'equipment', 'service', 'referral', name='assistancekind', native_enum=False, length=24), nullable=False),
    sa.Column('description', sa.String(length=300), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('status', sa.Enum('waiting', 'approved', 'refused', 'withdrawn', 'partly', 'delivered', 'returned', 'ended', name='helpstatus', native_enum=False, length=24), nullable=False),
    sa.Column('asked', sa.BigInteger(), nullable=False),
    sa.Column('approved', sa.BigInteger(), nullable=False),
    sa.Column('delivered', sa.BigInteger(), nullable=False),
    sa.Column('released', sa.BigInteger(), nullable=False),
    sa.Column('returned', sa.BigInteger(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('grounds', sa.Text(), nullable=False),
    sa.Column('own_decision', sa.Boolean(), nullable=False),
    sa.Column('by_committee', sa.Boolean(), nullable=False),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('asked > 0', name=op.f('ck_help_requests_asked')),
    sa.CheckConstraint('delivered + released <= approved', name=op.f('ck_help_requests_delivered')),
    sa.CheckConstraint('delivered >= 0 AND released >= 0 AND returned >= 0', name=op.f('ck_help_requests_signs')),
    sa.CheckConstraint('returned <= delivered', name=op.f('ck_help_requests_returned')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_help_requests_asked_by_id_users')),
    sa.ForeignKeyConstraint(['budget_id'], ['fund_budgets.id'], name=op.f('fk_help_requests_budget_id_fund_budgets')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_help_requests_case_id_cases')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_help_requests_decided_by_id_users')),
    sa.ForeignKeyConstraint(['fund_id'], ['funds.id'], name=op.f('fk_help_requests_fund_id_funds')),
    sa.ForeignKeyConstraint(['household_id'], ['households.id'], name=op.f('fk_help_requests_household_id_households')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_help_requests_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_requests'))
    )
    with op.batch_alter_table('help_requests', schema=None) as batch_op:
        batch_op.create_index('ix_help_requests_case', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_help_requests_household', ['household_id', 'fund_id', 'fiscal_year'], unique=False)
        batch_op.create_index('ix_help_requests_person', ['person_id', 'fund_id', 'fiscal_year'], unique=False)
        batch_op.create_index('ix_help_requests_waiting', ['fund_id', 'id'], unique=False, sqlite_where=sa.text("status = 'waiting'"), postgresql_where=sa.text("status = 'waiting'"))

    op.create_table('equipment_loans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('household_id', sa.Integer(), nullable=True),
    sa.Column('piece_id', sa.Integer(), nullable=False),
    sa.Column('assistance_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('out', 'back', 'lost', name='loanstatus', native_enum=False, length=24), nullable=False),
    sa.Column('lent_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('extended', sa.Integer(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('condition_back', sa.String(length=200), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('lent_by_id', sa.Integer(), nullable=True),
    sa.Column('lent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('due_on >= lent_on', name=op.f('ck_equipment_loans_due')),
    sa.ForeignKeyConstraint(['assistance_id'], ['assistance.id'], name=op.f('fk_equipment_loans_assistance_id_assistance')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_equipment_loans_case_id_cases')),
    sa.ForeignKeyConstraint(['household_id'], ['households.id'], name=op.f('fk_equipment_loans_household_id_households')),
    sa.ForeignKeyConstraint(['lent_by_id'], ['users.id'], name=op.f('fk_equipment_loans_lent_by_id_users')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_equipment_loans_person_id_people')),
    sa.ForeignKeyConstraint(['piece_id'], ['equipment_pieces.id'], name=op.f('fk_equipment_loans_piece_id_equipment_pieces')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equipment_loans'))
    )
    with op.batch_alter_table('equipment_loans', schema=None) as batch_op:
        batch_op.create_index('ix_equipment_loans_case', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_equipment_loans_due', ['due_on'], unique=False, sqlite_where=sa.text("status = 'out'"), postgresql_where=sa.text("status = 'out'"))
        batch_op.create_index(batch_op.f('ix_equipment_loans_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_equipment_loans_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_equipment_loans_piece_id'), ['piece_id'], unique=False)
        batch_op.create_index('uq_equipment_loans_out', ['piece_id'], unique=True, sqlite_where=sa.text("status = 'out'"), postgresql_where=sa.text("status = 'out'"))

    op.create_table('help_deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('assistance_id', sa.Integer(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('returned', sa.BigInteger(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['assistance_id'], ['assistance.id'], name=op.f('fk_help_deliveries_assistance_id_assistance')),
    sa.ForeignKeyConstraint(['delivered_by_id'], ['users.id'], name=op.f('fk_help_deliveries_delivered_by_id_users')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_help_deliveries_request_id_help_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_deliveries')),
    sa.UniqueConstraint('assistance_id', name=op.f('uq_help_deliveries_assistance_id'))
    )
    with op.batch_alter_table('help_deliveries', schema=None) as batch_op:
        batch_op.create_index('ix_help_deliveries_request', ['request_id', 'id'], unique=False)

    op.create_table('help_votes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('vote', sa.Enum('for', 'against', 'abstain', name='vote', native_enum=False, length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['committee_members.id'], name=op.f('fk_help_votes_member_id_committee_members')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['users.id'], name=op.f('fk_help_votes_recorded_by_id_users')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_help_votes_request_id_help_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_votes')),
    sa.UniqueConstraint('request_id', 'member_id', name=op.f('uq_help_votes_request_id_member_id'))
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table('help_votes')
    with op.batch_alter_table('help_deliveries', schema=None) as batch_op:
        batch_op.drop_index('ix_help_deliveries_request')

    op.drop_table('help_deliveries')
    with op.batch_alter_table('equipment_loans', schema=None) as batch_op:
        batch_op.drop_index('uq_equipment_loans_out', sqlite_where=sa.text("status = 'out'"), postgresql_where=sa.text("status = 'out'"))
        batch_op.drop_index(batch_op.f('ix_equipment_loans_piece_id'))
        batch_op.drop_index(batch_op.f('ix_equipment_loans_person_id'))
        batch_op.drop_index(batch_op.f('ix_equipment_loans_household_id'))
        batch_op.drop_index('ix_equipment_loans_due', sqlite_where=sa.text("status = 'out'"), postgresql_where=sa.text("status = 'out'"))
        batch_op.drop_index('ix_equipment_loans_case')

    op.drop_table('equipment_loans')
    with op.batch_alter_table('help_requests', schema=None) as batch_op:
        batch_op.drop_index('ix_help_requests_waiting', sqlite_where=sa.text("status = 'waiting'"), postgresql_where=sa.text("status = 'waiting'"))
        batch_op.drop_index('ix_help_requests_person')
        batch_op.drop_index('ix_help_requests_household')
        batch_op.drop_index('ix_help_requests_case')

    op.drop_table('help_requests')
    with op.batch_alter_table('fund_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fund_entries_request_id'))
        batch_op.drop_index('ix_fund_entries_budget')

    op.drop_table('fund_entries')
    with op.batch_alter_table('fund_rules', schema=None) as batch_op:
        batch_op.drop_index('ix_fund_rules_fund')

    op.drop_table('fund_rules')
    op.drop_table('fund_budgets')
    with op.batch_alter_table('equipment_pieces', schema=None) as batch_op:
        batch_op.drop_index('ix_equipment_pieces_kind')

    op.drop_table('equipment_pieces')
    with op.batch_alter_table('committee_members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_committee_members_user_id'))
        batch_op.drop_index('ix_committee_members_fund')

    op.drop_table('committee_members')
    op.drop_table('funds')
    op.drop_table('equipment_kinds')
