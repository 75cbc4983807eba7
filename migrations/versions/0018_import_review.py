"""What the review of an import keeps; and the way from a fact to those it supersedes, without
which each fact that an undo removes is sought in all of them.

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_SUPERSEDED = "ix_person_facts_superseded_by_id"


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("registry_imports") as table:
        table.add_column(
            sa.Column("sent_back_reason", sa.String(300), nullable=False, server_default="")
        )
        table.add_column(sa.Column("sent_back_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("sent_back_at", sa.DateTime(timezone=True), nullable=True))
    where = sa.text("superseded_by_id IS NOT NULL")
    op.create_index(
        _SUPERSEDED,
        "person_facts",
        ["superseded_by_id"],
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index(_SUPERSEDED, "person_facts")
    with op.batch_alter_table("registry_imports") as table:
        for name in ("sent_back_at", "sent_back_by_id", "sent_back_reason"):
            table.drop_column(name)
