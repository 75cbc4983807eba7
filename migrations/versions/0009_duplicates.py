"""Registry: pairs that may be one, records that have become part of another, further telephones.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of pairs, and where a merged record went."""
    op.create_table(
        "duplicate_pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("person", "household", name="pairkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("a_id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "different", "merged", name="pairstatus", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("reasons", sa.String(length=400), nullable=False),
        sa.Column("against", sa.String(length=400), nullable=False),
        sa.Column(
            "found_by",
            sa.Enum("check", "entry", "import", name="foundby", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("change_number", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_duplicate_pairs_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pairs")),
    )
    op.create_index(
        "uq_duplicate_pairs_records", "duplicate_pairs", ["kind", "a_id", "b_id"], unique=True
    )
    op.create_index("ix_duplicate_pairs_b", "duplicate_pairs", ["kind", "b_id"])
    op.create_index("ix_duplicate_pairs_queue", "duplicate_pairs", ["kind", "status", "weight"])
    op.create_table(
        "person_phones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_phones_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_phones")),
    )
    op.create_index(op.f("ix_person_phones_person_id"), "person_phones", ["person_id"])
    op.create_index(op.f("ix_person_phones_phone_index"), "person_phones", ["phone_index"])
    for table in ("people", "households"):
        op.add_column(
            table,
            sa.Column(
                "merged_into_id",
                sa.Integer(),
                sa.ForeignKey(f"{table}.id", name=op.f(f"fk_{table}_merged_into_id_{table}")),
                nullable=True,
            ),
            inline_references=True,
        )
        op.create_index(
            op.f(f"ix_{table}_merged_into_id"),
            table,
            ["merged_into_id"],
            sqlite_where=sa.text("merged_into_id IS NOT NULL"),
            postgresql_where=sa.text("merged_into_id IS NOT NULL"),
        )


def downgrade() -> None:
    """Take them away."""
    for table in ("people", "households"):
        op.drop_index(op.f(f"ix_{table}_merged_into_id"), table_name=table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("merged_into_id")
    op.drop_table("person_phones")
    op.drop_table("duplicate_pairs")
