"""Deadlines in stages, their pauses and what was done when they were missed.

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the rules, the stages of cases, who is told, and why a case is late."""
    op.create_table('deadline_settings',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('ask_every_days', sa.Integer(), nullable=False),
    sa.Column('legal_basis', sa.String(length=300), nullable=False),
    sa.Column('watched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ask_every_days BETWEEN 1 AND 90', name=op.f('ck_deadline_settings_every')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline_settings'))
    )
    op.create_table('deadline_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('priority', sa.Enum('low', 'normal', 'high', 'urgent', name='priority', native_enum=False, length=24), nullable=True),
    sa.Column('stage', sa.Enum('acknowledge', 'first_visit', 'decision', 'closure', name='stage', native_enum=False, length=24), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=True),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.Column('legal_basis', sa.String(length=300), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('effective_to IS NULL OR effective_to >= effective_from', name=op.f('ck_deadline_rules_span')),
    sa.CheckConstraint('working_days IS NULL OR working_days BETWEEN 1 AND 250', name=op.f('ck_deadline_rules_days')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_deadline_rules_category_id_categories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline_rules'))
    )
    with op.batch_alter_table('deadline_rules', schema=None) as batch_op:
        batch_op.create_index('ix_deadline_rules_category', ['category_id', 'stage', 'effective_from'], unique=False)

    op.create_table('escalation_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('acknowledge', 'first_visit', 'decision', 'closure', name='stage', native_enum=False, length=24), nullable=False),
    sa.Column('offset_days', sa.Integer(), nullable=False),
    sa.Column('told', sa.Enum('owner', 'officer', 'caseworker', 'manager', 'admin', name='told', native_enum=False, length=24), nullable=False),
    sa.Column('channel', sa.Enum('desk', 'email', name='channel', native_enum=False, length=24), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('fault', sa.Enum('no_owner', 'nobody', 'may_not_see', 'channel', 'no_one_at_all', 'broken', name='fault', native_enum=False, length=24), nullable=True),
    sa.Column('fault_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('offset_days BETWEEN -60 AND 120', name=op.f('ck_escalation_rules_offset')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_escalation_rules_category_id_categories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation_rules'))
    )
    op.create_table('reckoning_tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('looked_at', sa.Integer(), nullable=False),
    sa.Column('moved', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_reckoning_tasks_asked_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reckoning_tasks'))
    )
    with op.batch_alter_table('reckoning_tasks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reckoning_tasks_done_at'), ['done_at'], unique=False)

    op.create_table('case_stages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('acknowledge', 'first_visit', 'decision', 'closure', name='stage', native_enum=False, length=24), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('met_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hand_on', sa.Date(), nullable=True),
    sa.Column('hand_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hand_by_id', sa.Integer(), nullable=True),
    sa.Column('hand_reason', sa.Text(), nullable=False),
    sa.Column('reckoning', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_stages_case_id_cases')),
    sa.ForeignKeyConstraint(['hand_by_id'], ['users.id'], name=op.f('fk_case_stages_hand_by_id_users')),
    sa.ForeignKeyConstraint(['rule_id'], ['deadline_rules.id'], name=op.f('fk_case_stages_rule_id_deadline_rules')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_stages')),
    sa.UniqueConstraint('case_id', 'round', 'stage', name=op.f('uq_case_stages_case_id_round_stage'))
    )
    with op.batch_alter_table('case_stages', schema=None) as batch_op:
        batch_op.create_index('ix_case_stages_running', ['stage', 'due_at', 'case_id'], unique=False, sqlite_where=sa.text('met_at IS NULL AND ended_at IS NULL'), postgresql_where=sa.text('met_at IS NULL AND ended_at IS NULL'))

    op.create_table('delay_questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('acknowledge', 'first_visit', 'decision', 'closure', name='stage', native_enum=False, length=24), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('first_asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['users.id'], name=op.f('fk_delay_questions_answered_by_id_users')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_delay_questions_case_id_cases')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_delay_questions_owner_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delay_questions'))
    )
    with op.batch_alter_table('delay_questions', schema=None) as batch_op:
        batch_op.create_index('ix_delay_questions_case', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_delay_questions_owner', ['owner_id', 'answered_at'], unique=False)
        batch_op.create_index('uq_delay_questions_unanswered', ['case_id'], unique=True, sqlite_where=sa.text('answered_at IS NULL'), postgresql_where=sa.text('answered_at IS NULL'))

    op.create_table('escalations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('fired_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fault', sa.Enum('no_owner', 'nobody', 'may_not_see', 'channel', 'no_one_at_all', 'broken', name='fault', native_enum=False, length=24), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_escalations_case_id_cases')),
    sa.ForeignKeyConstraint(['rule_id'], ['escalation_rules.id'], name=op.f('fk_escalations_rule_id_escalation_rules')),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stages.id'], name=op.f('fk_escalations_stage_id_case_stages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalations')),
    sa.UniqueConstraint('rule_id', 'stage_id', 'due_on', name=op.f('uq_escalations_rule_id_stage_id_due_on'))
    )
    with op.batch_alter_table('escalations', schema=None) as batch_op:
        batch_op.create_index('ix_escalations_case', ['case_id', 'id'], unique=False)

    op.create_table('deadline_notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('escalation_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('acknowledge', 'first_visit', 'decision', 'closure', name='stage', native_enum=False, length=24), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_deadline_notices_case_id_cases')),
    sa.ForeignKeyConstraint(['escalation_id'], ['escalations.id'], name=op.f('fk_deadline_notices_escalation_id_escalations')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_deadline_notices_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline_notices')),
    sa.UniqueConstraint('escalation_id', 'user_id', name=op.f('uq_deadline_notices_escalation_id_user_id'))
    )
    with op.batch_alter_table('deadline_notices', schema=None) as batch_op:
        batch_op.create_index('ix_deadline_notices_user', ['user_id', 'read_at', 'id'], unique=False)


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table('deadline_notices', schema=None) as batch_op:
        batch_op.drop_index('ix_deadline_notices_user')

    op.drop_table('deadline_notices')
    with op.batch_alter_table('escalations', schema=None) as batch_op:
        batch_op.drop_index('ix_escalations_case')

    op.drop_table('escalations')
    with op.batch_alter_table('delay_questions', schema=None) as batch_op:
        batch_op.drop_index('uq_delay_questions_unanswered', sqlite_where=sa.text('answered_at IS NULL'), postgresql_where=sa.text('answered_at IS NULL'))
        batch_op.drop_index('ix_delay_questions_owner')
        batch_op.drop_index('ix_delay_questions_case')

    op.drop_table('delay_questions')
    with op.batch_alter_table('case_stages', schema=None) as batch_op:
        batch_op.drop_index('ix_case_stages_running', sqlite_where=sa.text('met_at IS NULL AND ended_at IS NULL'), postgresql_where=sa.text('met_at IS NULL AND ended_at IS NULL'))

    op.drop_table('case_stages')
    with op.batch_alter_table('reckoning_tasks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reckoning_tasks_done_at'))

    op.drop_table('reckoning_tasks')
    op.drop_table('escalation_rules')
    with op.batch_alter_table('deadline_rules', schema=None) as batch_op:
        batch_op.drop_index('ix_deadline_rules_category')

    op.drop_table('deadline_rules')
    op.drop_table('deadline_settings')
