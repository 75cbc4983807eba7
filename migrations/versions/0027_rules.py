"""Rules that say what they did: routing, firings, health; addresses of staff, messages put away.

Revision: 0027, after 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table('rule_health',
    sa.Column('rule_key', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.Enum('routing', 'escalation', 'answer', 'asking', 'reminder', 'chasing', 'check', name='rulekind', native_enum=False, length=24), nullable=False),
    sa.Column('fault', sa.Enum('no_owner', 'nobody', 'may_not_see', 'channel', 'no_one_at_all', 'broken', 'worker_gone', 'worker_away', 'not_allowed', 'no_skill', 'category_retired', 'village_unknown', 'over', 'no_rule', 'not_looked', name='fault', native_enum=False, length=24), nullable=False),
    sa.Column('since_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('rule_key', name=op.f('pk_rule_health'))
    )
    op.create_table('routing_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('village_no', sa.Integer(), nullable=True),
    sa.Column('priority', sa.Enum('low', 'normal', 'high', 'urgent', name='priority', native_enum=False, length=24), nullable=True),
    sa.Column('target', sa.Enum('worker', 'skill', 'role', name='target', native_enum=False, length=24), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=True),
    sa.Column('skill', sa.String(length=40), nullable=True),
    sa.Column('role', sa.Enum('volunteer', 'officer', 'caseworker', 'manager', 'admin', 'auditor', name='role', native_enum=False, length=24), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(target = 'role') = (role IS NOT NULL)", name=op.f('ck_routing_rules_role')),
    sa.CheckConstraint("(target = 'skill') = (skill IS NOT NULL)", name=op.f('ck_routing_rules_skill')),
    sa.CheckConstraint("(target = 'worker') = (worker_id IS NOT NULL)", name=op.f('ck_routing_rules_worker')),
    sa.CheckConstraint('effective_to IS NULL OR effective_to >= effective_from', name=op.f('ck_routing_rules_span')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_routing_rules_category_id_categories')),
    sa.ForeignKeyConstraint(['worker_id'], ['users.id'], name=op.f('fk_routing_rules_worker_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_routing_rules'))
    )
    op.create_table('rule_firings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('routing', 'escalation', 'answer', 'asking', 'reminder', 'chasing', 'check', name='rulekind', native_enum=False, length=24), nullable=False),
    sa.Column('rule_key', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('reference', sa.String(length=24), nullable=False),
    sa.Column('fault', sa.Enum('no_owner', 'nobody', 'may_not_see', 'channel', 'no_one_at_all', 'broken', 'worker_gone', 'worker_away', 'not_allowed', 'no_skill', 'category_retired', 'village_unknown', 'over', 'no_rule', 'not_looked', name='fault', native_enum=False, length=24), nullable=True),
    sa.Column('once', sa.String(length=80), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_rule_firings_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_firings')),
    sa.UniqueConstraint('once', name=op.f('uq_rule_firings_once'))
    )
    with op.batch_alter_table('rule_firings', schema=None) as batch_op:
        batch_op.create_index('ix_rule_firings_at', ['at'], unique=False)
        batch_op.create_index('ix_rule_firings_case', ['case_id', 'kind'], unique=False)
        batch_op.create_index('ix_rule_firings_rule', ['rule_key', 'id'], unique=False)

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('put_away_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sa.LargeBinary(), nullable=True))



def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_column('email')

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_column('put_away_at')

    with op.batch_alter_table('rule_firings', schema=None) as batch_op:
        batch_op.drop_index('ix_rule_firings_rule')
        batch_op.drop_index('ix_rule_firings_case')
        batch_op.drop_index('ix_rule_firings_at')

    op.drop_table('rule_firings')
    op.drop_table('routing_rules')
    op.drop_table('rule_health')
