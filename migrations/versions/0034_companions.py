"""Dispatch: who goes along, days planned anew, tasks that go along, conflicts told; cases: links
between related ones, until when one waits.

Revision: 0034, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

CONFLICTS = sa.Enum("relative", "conflict", name="conflict", native_enum=False, length=24)


def upgrade() -> None:
    """Add the columns and the table."""
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("companion_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("took", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
        )
        batch_op.add_column(sa.Column("conflict", CONFLICTS, nullable=True))
        batch_op.add_column(
            sa.Column("conflict_lifted_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("conflict_lifted_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_assignments_companion_id_users"), "users", ["companion_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_assignments_conflict_lifted_by_id_users"),
            "users",
            ["conflict_lifted_by_id"],
            ["id"],
        )

    with op.batch_alter_table("case_transfers", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("tasks", sa.Boolean(), nullable=False, server_default=sa.true())
        )

    with op.batch_alter_table("day_plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_day_plans_replaces_id_day_plans"), "day_plans", ["replaces_id"], ["id"]
        )

    with op.batch_alter_table("plan_stops", schema=None) as batch_op:
        batch_op.add_column(sa.Column("before", sa.JSON(), nullable=True))

    op.add_column("cases", sa.Column("waits_until", sa.Date(), nullable=True))

    op.create_table(
        "case_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("case_id <> other_id", name=op.f("ck_case_links_two")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_links_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["users.id"], name=op.f("fk_case_links_ended_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_case_links_made_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["cases.id"], name=op.f("fk_case_links_other_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_links")),
    )
    with op.batch_alter_table("case_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_links_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_links_other_id"), ["other_id"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("case_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_links_other_id"))
        batch_op.drop_index(batch_op.f("ix_case_links_case_id"))

    op.drop_table("case_links")

    op.drop_column("cases", "waits_until")  # in place: a copied table loses its triggers

    with op.batch_alter_table("plan_stops", schema=None) as batch_op:
        batch_op.drop_column("before")

    with op.batch_alter_table("day_plans", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_day_plans_replaces_id_day_plans"), type_="foreignkey"
        )
        batch_op.drop_column("replaces_id")

    with op.batch_alter_table("case_transfers", schema=None) as batch_op:
        batch_op.drop_column("tasks")

    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_assignments_conflict_lifted_by_id_users"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_assignments_companion_id_users"), type_="foreignkey"
        )
        batch_op.drop_column("conflict_lifted_by_id")
        batch_op.drop_column("conflict_lifted_at")
        batch_op.drop_column("conflict")
        batch_op.drop_column("took")
        batch_op.drop_column("companion_id")
