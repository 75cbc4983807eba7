"""Imports of lists: the file, its staged rows, remembered meanings of columns, kept columns.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "registry_import_mappings",
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("used_by", sa.String(length=80), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_registry_import_mappings")),
    )
    op.create_table(
        "registry_import_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_import_rules")),
    )
    op.execute("INSERT INTO registry_import_rules (id, keep_days, version) VALUES (1, 30, 1)")
    op.create_table(
        "registry_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "uploaded",
                "checking",
                "checked",
                "waiting",
                "applying",
                "applied",
                "undoing",
                "undone",
                "failed",
                "abandoned",
                name="importstatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_kind", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("stored_id", sa.String(length=32), nullable=True),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("village_no", sa.Integer(), nullable=True),
        sa.Column("fill_down", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("villages", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=80), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=80), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_reason", sa.String(length=300), nullable=False),
        sa.Column("change_set", sa.String(length=20), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_imports")),
        sa.UniqueConstraint("number", name=op.f("uq_registry_imports_number")),
    )
    with op.batch_alter_table("registry_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_imports_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_imports_status"), ["status"], unique=False)

    op.create_table(
        "registry_import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=120), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "changed",
                "same",
                "doubtful",
                "refused",
                name="rowstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("doubts", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["registry_imports.id"],
            name=op.f("fk_registry_import_rows_import_id_registry_imports"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_import_rows")),
    )
    with op.batch_alter_table("registry_import_rows", schema=None) as batch_op:
        batch_op.create_index(
            "ix_registry_import_rows_state", ["import_id", "state", "id"], unique=False
        )

    op.create_table(
        "imported_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("import_number", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_imported_columns_household_id_households"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_imported_columns_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_columns")),
    )
    with op.batch_alter_table("imported_columns", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_imported_columns_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_imported_columns_person_id"), ["person_id"], unique=False
        )


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("imported_columns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_columns_person_id"))
        batch_op.drop_index(batch_op.f("ix_imported_columns_household_id"))

    op.drop_table("imported_columns")
    with op.batch_alter_table("registry_import_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_registry_import_rows_state")

    op.drop_table("registry_import_rows")
    with op.batch_alter_table("registry_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_imports_status"))
        batch_op.drop_index(batch_op.f("ix_registry_imports_sha256"))

    op.drop_table("registry_imports")
    op.drop_table("registry_import_rules")
    op.drop_table("registry_import_mappings")
