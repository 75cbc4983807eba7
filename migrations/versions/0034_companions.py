"""Dispatch: who goes along; days planned anew.

Revision: 0034, after 0031
"""

from alembic import op
import sqlalchemy as sa


revision = "0034"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("companion_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_assignments_companion_id_users"), "users", ["companion_id"], ["id"]
        )

    with op.batch_alter_table('day_plans', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaces_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_day_plans_replaces_id_day_plans'), 'day_plans', ['replaces_id'], ['id']
        )

    with op.batch_alter_table('plan_stops', schema=None) as batch_op:
        batch_op.add_column(sa.Column('before', sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table('plan_stops', schema=None) as batch_op:
        batch_op.drop_column('before')

    with op.batch_alter_table('day_plans', schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f('fk_day_plans_replaces_id_day_plans'), type_='foreignkey'
        )
        batch_op.drop_column('replaces_id')

    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_assignments_companion_id_users"), type_="foreignkey"
        )
        batch_op.drop_column("companion_id")
