"""How the registry's words are kept for its search.

A row of a name carries all words of its person, so that several common words are compared where
they stand; a word has every key of its sound, and those of one slip; the words of a house number
are told from those beside it; the last four digits of a telephone have a blind index.

All of it is derived: the tables are made anew and filled from what stands in the registry.

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _text(length: int = 100) -> sa.types.TypeEngine:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables anew and fill them."""
    for table in ("person_words", "name_sounds", "house_words"):
        op.drop_table(table)
    _people()
    _sounds()
    _houses()
    _fill()


def _people() -> None:
    op.create_table(
        "person_words",
        sa.Column("word", _text(), nullable=False),
        sa.Column("earlier", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("line", _text(400), nullable=False),
        sa.PrimaryKeyConstraint("word", "earlier", "person_id", "area", name="pk_person_words"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_person_words_area", "person_words", ["area", "word", "earlier", "person_id"]
    )
    op.create_index("ix_person_words_person", "person_words", ["person_id"])
    op.create_table(
        "phone_ends",
        sa.Column("ending", sa.LargeBinary(16), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("ending", "person_id", name="pk_phone_ends"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_phone_ends_person", "phone_ends", ["person_id"])


def _sounds() -> None:
    op.create_table(
        "name_sounds",
        sa.Column("sound", _text(200), nullable=False),
        sa.Column("word", _text(), nullable=False),
        sa.PrimaryKeyConstraint("sound", "word", name="pk_name_sounds"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_sounds_word", "name_sounds", ["word"])
    op.create_table(
        "name_slips",
        sa.Column("slip", _text(200), nullable=False),
        sa.Column("word", _text(), nullable=False),
        sa.PrimaryKeyConstraint("slip", "word", name="pk_name_slips"),
        sqlite_with_rowid=False,
    )


def _houses() -> None:
    op.create_table(
        "house_words",
        sa.Column("household_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", _text(), nullable=False),
        sa.Column("beside", sa.Boolean(), nullable=False),
        sa.Column("area", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("household_id", "word", "beside", name="pk_house_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_house_words_word", "house_words", ["word", "beside", "household_id"])
    op.create_index(
        "ix_house_words_area", "house_words", ["area", "word", "beside", "household_id"]
    )


def _fill() -> None:
    """The words are those that the program of today makes of names, so its own function makes them;
    it reads ids, names, telephones, addresses, villages and memberships only."""
    from welfare.households.models.finding import index_everything

    index_everything(op.get_bind())


def downgrade() -> None:
    """Give the tables the shape of 0011, empty: they hold nothing that is not elsewhere, and
    ``flask registry reindex`` of that program fills them."""
    for table in ("phone_ends", "name_slips", "house_words", "name_sounds", "person_words"):
        op.drop_table(table)
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
