"""Registry: people and houses are found by every part of their words.

Five derived tables, filled in 0019, which gives them their present shape. Words are compared byte by byte
(the order of code points) on both databases.

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _text(length: int = 100) -> sa.types.TypeEngine:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "person_words",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", _text(), nullable=False),
        sa.Column("area", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("earlier", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "word", "area", name="pk_person_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_person_words_word", "person_words", ["word", "earlier", "person_id"])
    op.create_index(
        "ix_person_words_area", "person_words", ["area", "word", "earlier", "person_id"]
    )
    op.create_table(
        "name_sounds",
        sa.Column("word", _text(), nullable=False),
        sa.Column("sound", _text(200), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_name_sounds"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_sounds_sound", "name_sounds", ["sound", "word"])
    op.create_table(
        "house_words",
        sa.Column("household_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", _text(), nullable=False),
        sa.Column("area", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("household_id", "word", name="pk_house_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_house_words_word", "house_words", ["word", "household_id"])
    op.create_index("ix_house_words_area", "house_words", ["area", "word", "household_id"])
    for table in ("name_ends", "house_ends"):
        op.create_table(
            table,
            sa.Column("ending", _text(), nullable=False),
            sa.Column("word", _text(), nullable=False),
            sa.PrimaryKeyConstraint("ending", "word", name=f"pk_{table}"),
            sqlite_with_rowid=False,
        )


def downgrade() -> None:
    """Take the tables away; they hold nothing that is not elsewhere."""
    for table in ("house_ends", "name_ends", "house_words", "name_sounds", "person_words"):
        op.drop_table(table)
