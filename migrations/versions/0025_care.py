"""Casework: needs, plans, risk, checklists, standard texts, numbers of days; ADL of a visit.

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what casework keeps of a case, and the lists it keeps to."""
    op.create_table('risk_reasons',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name_th', sa.String(length=160), nullable=False),
    sa.Column('name_en', sa.String(length=160), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('effective_to IS NULL OR effective_to >= effective_from', name=op.f('ck_risk_reasons_span')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_reasons'))
    )
    op.create_table('care_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('assess_again', 'card_ends', 'loan_ends', name='caredays', native_enum=False, length=24), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('days BETWEEN 1 AND 1000', name=op.f('ck_care_rules_days')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_care_rules_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_rules')),
    sa.UniqueConstraint('kind', 'effective_from', name=op.f('uq_care_rules_kind_effective_from'))
    )
    op.create_table('checklists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_checklists_category_id_categories')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_checklists_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklists')),
    sa.UniqueConstraint('category_id', 'edition', name=op.f('uq_checklists_category_id_edition'))
    )
    op.create_table('standard_texts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('use', sa.Enum('note', 'citizen', 'closing', name='textuse', native_enum=False, length=24), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('new', 'offered', 'working', 'waiting', 'review', 'closed', name='casestatus', native_enum=False, length=24), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_standard_texts_category_id_categories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standard_texts')),
    sa.UniqueConstraint('name', name=op.f('uq_standard_texts_name'))
    )
    op.create_table('checklist_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('checklist_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('required', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['checklist_id'], ['checklists.id'], name=op.f('fk_checklist_items_checklist_id_checklists')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_items')),
    sa.UniqueConstraint('checklist_id', 'position', name=op.f('uq_checklist_items_checklist_id_position'))
    )
    op.create_table('case_risks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Enum('low', 'medium', 'high', name='risklevel', native_enum=False, length=24), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=True),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_risks_case_id_cases')),
    sa.ForeignKeyConstraint(['set_by_id'], ['users.id'], name=op.f('fk_case_risks_set_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_risks'))
    )
    with op.batch_alter_table('case_risks', schema=None) as batch_op:
        batch_op.create_index('ix_case_risks_case', ['case_id', 'id'], unique=False)

    op.create_table('checklist_ticks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('tick', sa.Enum('done', 'not_needed', name='tick', native_enum=False, length=24), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('ticked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ticked_by_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_checklist_ticks_case_id_cases')),
    sa.ForeignKeyConstraint(['item_id'], ['checklist_items.id'], name=op.f('fk_checklist_ticks_item_id_checklist_items')),
    sa.ForeignKeyConstraint(['ticked_by_id'], ['users.id'], name=op.f('fk_checklist_ticks_ticked_by_id_users')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['users.id'], name=op.f('fk_checklist_ticks_undone_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_ticks'))
    )
    with op.batch_alter_table('checklist_ticks', schema=None) as batch_op:
        batch_op.create_index('uq_checklist_ticks_standing', ['case_id', 'item_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('needs_assessments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('assessed_on', sa.Date(), nullable=False),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('assessed_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_reason', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['assessed_by_id'], ['users.id'], name=op.f('fk_needs_assessments_assessed_by_id_users')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_needs_assessments_case_id_cases')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['users.id'], name=op.f('fk_needs_assessments_withdrawn_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_needs_assessments'))
    )
    with op.batch_alter_table('needs_assessments', schema=None) as batch_op:
        batch_op.create_index('ix_needs_assessments_case', ['case_id', 'id'], unique=False)

    op.create_table('plan_agreements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('agreed_by', sa.Enum('person', 'family', 'guardian', 'agency', name='agreedby', native_enum=False, length=24), nullable=False),
    sa.Column('who', sa.String(length=120), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_plan_agreements_case_id_cases')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['users.id'], name=op.f('fk_plan_agreements_recorded_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_agreements'))
    )
    with op.batch_alter_table('plan_agreements', schema=None) as batch_op:
        batch_op.create_index('ix_plan_agreements_case', ['case_id', 'id'], unique=False)

    op.create_table('plan_goals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('dimension', sa.Enum('health', 'living', 'education', 'income', 'services', name='dimension', native_enum=False, length=24), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('status', sa.Enum('open', 'met', 'dropped', name='goalstatus', native_enum=False, length=24), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_plan_goals_case_id_cases')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['users.id'], name=op.f('fk_plan_goals_ended_by_id_users')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_plan_goals_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_goals'))
    )
    with op.batch_alter_table('plan_goals', schema=None) as batch_op:
        batch_op.create_index('ix_plan_goals_case', ['case_id', 'id'], unique=False)

    op.create_table('assessed_needs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.Enum('health', 'living', 'education', 'income', 'services', name='dimension', native_enum=False, length=24), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('level BETWEEN 0 AND 3', name=op.f('ck_assessed_needs_level')),
    sa.ForeignKeyConstraint(['assessment_id'], ['needs_assessments.id'], name=op.f('fk_assessed_needs_assessment_id_needs_assessments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessed_needs')),
    sa.UniqueConstraint('assessment_id', 'dimension', name=op.f('uq_assessed_needs_assessment_id_dimension'))
    )
    op.create_table('case_risk_reasons',
    sa.Column('risk_id', sa.Integer(), nullable=False),
    sa.Column('reason_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['reason_id'], ['risk_reasons.id'], name=op.f('fk_case_risk_reasons_reason_id_risk_reasons')),
    sa.ForeignKeyConstraint(['risk_id'], ['case_risks.id'], name=op.f('fk_case_risk_reasons_risk_id_case_risks')),
    sa.PrimaryKeyConstraint('risk_id', 'reason_id', name=op.f('pk_case_risk_reasons'))
    )
    op.create_table('plan_actions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('responsible', sa.Enum('worker', 'agency', 'family', name='responsible', native_enum=False, length=24), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=True),
    sa.Column('who', sa.String(length=120), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('status', sa.Enum('open', 'done', 'dropped', name='actionstatus', native_enum=False, length=24), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(responsible = 'worker') = (worker_id IS NOT NULL)", name=op.f('ck_plan_actions_worker')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_plan_actions_case_id_cases')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['users.id'], name=op.f('fk_plan_actions_ended_by_id_users')),
    sa.ForeignKeyConstraint(['goal_id'], ['plan_goals.id'], name=op.f('fk_plan_actions_goal_id_plan_goals')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_plan_actions_made_by_id_users')),
    sa.ForeignKeyConstraint(['worker_id'], ['users.id'], name=op.f('fk_plan_actions_worker_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_actions'))
    )
    with op.batch_alter_table('plan_actions', schema=None) as batch_op:
        batch_op.create_index('ix_plan_actions_case', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_plan_actions_goal', ['goal_id'], unique=False)
        batch_op.create_index('ix_plan_actions_worker', ['worker_id', 'status', 'due_on'], unique=False)

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('risk', sa.Enum('low', 'medium', 'high', name='risklevel', native_enum=False, length=24), nullable=True))
        batch_op.create_index('ix_cases_open_risk', ['risk', 'due_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.add_column(sa.Column('adl_fact_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_visits_adl_fact_id'), ['adl_fact_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_visits_adl_fact_id_person_facts'), 'person_facts', ['adl_fact_id'], ['id'])



def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_visits_adl_fact_id_person_facts'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_visits_adl_fact_id'))
        batch_op.drop_column('adl_fact_id')

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index('ix_cases_open_risk', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.drop_column('cases', 'risk')  # in place: a table made anew would lose what its search keeps

    with op.batch_alter_table('plan_actions', schema=None) as batch_op:
        batch_op.drop_index('ix_plan_actions_worker')
        batch_op.drop_index('ix_plan_actions_goal')
        batch_op.drop_index('ix_plan_actions_case')

    op.drop_table('plan_actions')
    op.drop_table('case_risk_reasons')
    op.drop_table('assessed_needs')
    with op.batch_alter_table('plan_goals', schema=None) as batch_op:
        batch_op.drop_index('ix_plan_goals_case')

    op.drop_table('plan_goals')
    with op.batch_alter_table('plan_agreements', schema=None) as batch_op:
        batch_op.drop_index('ix_plan_agreements_case')

    op.drop_table('plan_agreements')
    with op.batch_alter_table('needs_assessments', schema=None) as batch_op:
        batch_op.drop_index('ix_needs_assessments_case')

    op.drop_table('needs_assessments')
    with op.batch_alter_table('checklist_ticks', schema=None) as batch_op:
        batch_op.drop_index('uq_checklist_ticks_standing', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.drop_table('checklist_ticks')
    with op.batch_alter_table('case_risks', schema=None) as batch_op:
        batch_op.drop_index('ix_case_risks_case')

    op.drop_table('case_risks')
    op.drop_table('checklist_items')
    op.drop_table('standard_texts')
    op.drop_table('checklists')
    op.drop_table('care_rules')
    op.drop_table('risk_reasons')
