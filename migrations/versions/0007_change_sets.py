"""Change sets of the registry: what one operation, merge or import did, row by row.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "registry_change_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "head",
                "move_in",
                "move_out",
                "marriage",
                "birth",
                "death",
                "split",
                "join",
                "merge",
                "merge_households",
                "import",
                "correction",
                "undo",
                name="changekind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["registry_change_sets.id"],
            name=op.f("fk_registry_change_sets_undoes_id_registry_change_sets"),
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["registry_change_sets.id"],
            name=op.f("fk_registry_change_sets_undone_by_id_registry_change_sets"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_change_sets")),
        sa.UniqueConstraint("number", name=op.f("uq_registry_change_sets_number")),
    )
    with op.batch_alter_table("registry_change_sets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_change_sets_made_at"), ["made_at"], unique=False
        )

    op.create_table(
        "registry_change_subjects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(household_id IS NULL) <> (person_id IS NULL)",
            name=op.f("ck_registry_change_subjects_one"),
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"],
            ["registry_change_sets.id"],
            name=op.f("fk_registry_change_subjects_change_set_id_registry_change_sets"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_change_subjects")),
    )
    with op.batch_alter_table("registry_change_subjects", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_change_subjects_change_set_id"), ["change_set_id"], unique=False
        )
        batch_op.create_index(
            "ix_registry_change_subjects_household", ["household_id", "change_set_id"], unique=False
        )
        batch_op.create_index(
            "ix_registry_change_subjects_person", ["person_id", "change_set_id"], unique=False
        )

    op.create_table(
        "registry_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum("added", "edited", "removed", name="rowchange", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("after", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_set_id"],
            ["registry_change_sets.id"],
            name=op.f("fk_registry_changes_change_set_id_registry_change_sets"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_changes")),
    )
    with op.batch_alter_table("registry_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_changes_change_set_id"), ["change_set_id"], unique=False
        )
        batch_op.create_index("ix_registry_changes_row", ["table_name", "row_id"], unique=False)

    _kinship()
    for name, columns, where in ONLY_ONE:
        op.create_index(
            name,
            "memberships",
            columns,
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


ONLY_ONE = (
    ("uq_memberships_open_head", ["household_id"], "relation = 'head' AND to_day IS NULL"),
    ("uq_memberships_open_member", ["household_id", "person_id"], "to_day IS NULL"),
    ("uq_memberships_open_home", ["person_id"], "de_facto AND to_day IS NULL"),
)
"""One head, one membership, one home at a time: among open memberships only."""


def _kinship() -> None:
    op.create_table(
        "earlier_relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "head", "spouse", "child", "parent", "grandchild", "grandparent", "sibling",
                "in_law", "relative", "lodger", "other",
                name="relation", native_enum=False, length=24,
            ),
            nullable=False,
        ),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["memberships.id"],
            name=op.f("fk_earlier_relations_membership_id_memberships"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_relations")),
    )
    op.create_index("ix_earlier_relations_membership_id", "earlier_relations", ["membership_id"])
    op.create_table(
        "parentages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("mother", "father", name="parentkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_parentages_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["people.id"], name=op.f("fk_parentages_parent_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parentages")),
    )
    op.create_index("ix_parentages_person", "parentages", ["person_id"])
    op.create_index("ix_parentages_parent", "parentages", ["parent_id"])


def downgrade() -> None:
    """Take them away."""
    for name, _columns, _where in ONLY_ONE:
        op.drop_index(name, table_name="memberships")
    op.drop_table("parentages")
    op.drop_table("earlier_relations")
    with op.batch_alter_table("registry_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_registry_changes_row")
        batch_op.drop_index(batch_op.f("ix_registry_changes_change_set_id"))

    op.drop_table("registry_changes")
    with op.batch_alter_table("registry_change_subjects", schema=None) as batch_op:
        batch_op.drop_index("ix_registry_change_subjects_person")
        batch_op.drop_index("ix_registry_change_subjects_household")
        batch_op.drop_index(batch_op.f("ix_registry_change_subjects_change_set_id"))

    op.drop_table("registry_change_subjects")
    with op.batch_alter_table("registry_change_sets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_change_sets_made_at"))

    op.drop_table("registry_change_sets")
