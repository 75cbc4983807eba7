"""Dispatch: what workers can do and when they are away, what visits need, plans of a day.

Revision: 0014, after 0012
"""

from alembic import op
import sqlalchemy as sa


revision = '0014'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and who goes along on a visit."""
    op.create_table('dispatch_rules',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('road_factor', sa.Double(), nullable=False),
    sa.Column('speed_kmh', sa.Integer(), nullable=False),
    sa.Column('lunch_minutes', sa.Integer(), nullable=False),
    sa.Column('office_lat', sa.Double(), nullable=True),
    sa.Column('office_lng', sa.Double(), nullable=True),
    sa.Column('weights', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('road_factor BETWEEN 1 AND 3', name=op.f('ck_dispatch_rules_road')),
    sa.CheckConstraint('speed_kmh BETWEEN 5 AND 90', name=op.f('ck_dispatch_rules_speed')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch_rules'))
    )
    op.create_table('skills',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skills')),
    sa.UniqueConstraint('code', name=op.f('uq_skills_code'))
    )
    op.create_table('absences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('leave', 'sick', 'training', 'office', name='absencekind', native_enum=False, length=24), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_absences_days')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_absences_made_by_id_users')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_absences_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absences'))
    )
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.create_index('ix_absences_user', ['user_id', 'last_day'], unique=False)

    op.create_table('calendar_links',
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_calendar_links_user_id_users')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_calendar_links'))
    )
    with op.batch_alter_table('calendar_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_links_user_id'), ['user_id'], unique=False)

    op.create_table('category_visits',
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('skills', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('pair', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 10 AND 90', name=op.f('ck_category_visits_minutes')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_category_visits_category_id_categories')),
    sa.PrimaryKeyConstraint('category_id', name=op.f('pk_category_visits'))
    )
    op.create_table('day_plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'accepted', 'undone', 'discarded', name='planstatus', native_enum=False, length=24), nullable=False),
    sa.Column('worker_ids', sa.JSON(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('metres', sa.Integer(), nullable=False),
    sa.Column('milliseconds', sa.Integer(), nullable=False),
    sa.Column('basis', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_day_plans_made_by_id_users')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['users.id'], name=op.f('fk_day_plans_settled_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_plans')),
    sa.UniqueConstraint('number', name=op.f('uq_day_plans_number'))
    )
    with op.batch_alter_table('day_plans', schema=None) as batch_op:
        batch_op.create_index('ix_day_plans_day', ['day', 'id'], unique=False)

    op.create_table('worker_profiles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('skills', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('villages', sa.JSON(), nullable=False),
    sa.Column('sex', sa.Enum('male', 'female', 'unknown', name='sex', native_enum=False, length=24), nullable=False),
    sa.Column('starts', sa.String(length=5), nullable=False),
    sa.Column('ends', sa.String(length=5), nullable=False),
    sa.Column('max_visits', sa.Integer(), nullable=False),
    sa.Column('alone', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('max_visits BETWEEN 1 AND 40', name=op.f('ck_worker_profiles_max_visits')),
    sa.CheckConstraint('starts < ends', name=op.f('ck_worker_profiles_hours')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_worker_profiles_person_id_people')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_worker_profiles_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker_profiles')),
    sa.UniqueConstraint('user_id', name=op.f('uq_worker_profiles_user_id'))
    )
    with op.batch_alter_table('worker_profiles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worker_profiles_person_id'), ['person_id'], unique=False)

    op.create_table('case_wishes',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('sex', sa.Enum('male', 'female', 'unknown', name='sex', native_enum=False, length=24), nullable=False),
    sa.Column('skills', sa.JSON(), nullable=False),
    sa.Column('pair', sa.Boolean(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('earliest', sa.String(length=5), nullable=False),
    sa.Column('latest', sa.String(length=5), nullable=False),
    sa.Column('never', sa.JSON(), nullable=False),
    sa.Column('why_never', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes IS NULL OR minutes BETWEEN 10 AND 90', name=op.f('ck_case_wishes_minutes')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_wishes_case_id_cases')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_wishes'))
    )
    op.create_table('plan_stops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=True),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('arrive', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('travel_minutes', sa.Integer(), nullable=False),
    sa.Column('metres', sa.Integer(), nullable=False),
    sa.Column('estimated', sa.Boolean(), nullable=False),
    sa.Column('wanted_worker_id', sa.Integer(), nullable=True),
    sa.Column('wanted_at', sa.Integer(), nullable=True),
    sa.Column('dropped', sa.Boolean(), nullable=False),
    sa.Column('why', sa.JSON(), nullable=False),
    sa.Column('standing_visit_id', sa.Integer(), nullable=True),
    sa.Column('visit_id', sa.Integer(), nullable=True),
    sa.Column('offered', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(worker_id IS NULL) = (arrive IS NULL)', name=op.f('ck_plan_stops_placed')),
    sa.CheckConstraint('partner_id IS NULL OR partner_id <> worker_id', name=op.f('ck_plan_stops_two')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_plan_stops_case_id_cases')),
    sa.ForeignKeyConstraint(['partner_id'], ['users.id'], name=op.f('fk_plan_stops_partner_id_users')),
    sa.ForeignKeyConstraint(['plan_id'], ['day_plans.id'], name=op.f('fk_plan_stops_plan_id_day_plans')),
    sa.ForeignKeyConstraint(['standing_visit_id'], ['visits.id'], name=op.f('fk_plan_stops_standing_visit_id_visits')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_plan_stops_visit_id_visits')),
    sa.ForeignKeyConstraint(['wanted_worker_id'], ['users.id'], name=op.f('fk_plan_stops_wanted_worker_id_users')),
    sa.ForeignKeyConstraint(['worker_id'], ['users.id'], name=op.f('fk_plan_stops_worker_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_stops'))
    )
    with op.batch_alter_table('plan_stops', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_stops_plan_id'), ['plan_id'], unique=False)

    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.add_column(sa.Column('companion_id', sa.Integer(), nullable=True))
        batch_op.create_index('ix_visits_companion_day', ['companion_id', 'planned_on'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_visits_companion_id_users'), 'users', ['companion_id'], ['id'])



def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_visits_companion_id_users'), type_='foreignkey')
        batch_op.drop_index('ix_visits_companion_day')
        batch_op.drop_column('companion_id')

    with op.batch_alter_table('plan_stops', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_stops_plan_id'))

    op.drop_table('plan_stops')
    op.drop_table('case_wishes')
    with op.batch_alter_table('worker_profiles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_worker_profiles_person_id'))

    op.drop_table('worker_profiles')
    with op.batch_alter_table('day_plans', schema=None) as batch_op:
        batch_op.drop_index('ix_day_plans_day')

    op.drop_table('day_plans')
    op.drop_table('category_visits')
    with op.batch_alter_table('calendar_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_links_user_id'))

    op.drop_table('calendar_links')
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.drop_index('ix_absences_user')

    op.drop_table('absences')
    op.drop_table('skills')
    op.drop_table('dispatch_rules')
