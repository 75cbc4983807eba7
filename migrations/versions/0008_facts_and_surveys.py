"""Registry: dated facts and further numbers of people, surveys by round, needs, pictures of houses.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; names get a middle name and a version."""
    op.create_table(
        "survey_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_editions")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_editions_code")),
    )
    op.create_table(
        "person_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "disability",
                "adl",
                "welfare_card",
                "illness",
                "pregnancy",
                "school",
                "occupation",
                "income",
                "carer",
                "death",
                name="factkind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column(
            "from_precision",
            sa.Enum("day", "month", "year", name="dateprecision", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("items", sa.LargeBinary(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("other_person_id", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "told",
                "document",
                "survey",
                "visit",
                "import",
                "file",
                name="factsource",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("source_note", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "to_day IS NULL OR from_day IS NULL OR to_day >= from_day",
            name=op.f("ck_person_facts_days"),
        ),
        sa.ForeignKeyConstraint(
            ["other_person_id"], ["people.id"], name=op.f("fk_person_facts_other_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_facts_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["person_facts.id"],
            name=op.f("fk_person_facts_superseded_by_id_person_facts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_facts")),
    )
    with op.batch_alter_table("person_facts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_facts_other_person_id"), ["other_person_id"], unique=False
        )
        batch_op.create_index("ix_person_facts_person", ["person_id", "kind"], unique=False)

    op.create_table(
        "person_identifiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "national",
                "non_thai",
                "g_code",
                "passport",
                "none",
                name="idkind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_identifiers_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_identifiers")),
    )
    with op.batch_alter_table("person_identifiers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_identifiers_number_index"), ["number_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_identifiers_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "survey_indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("group_th", sa.String(length=120), nullable=False),
        sa.Column("text_th", sa.String(length=400), nullable=False),
        sa.Column(
            "dimension",
            sa.Enum(
                "health",
                "living",
                "education",
                "income",
                "services",
                name="dimension",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["survey_editions.id"],
            name=op.f("fk_survey_indicators_edition_id_survey_editions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_indicators")),
        sa.UniqueConstraint(
            "edition_id", "number", name=op.f("uq_survey_indicators_edition_id_number")
        ),
    )
    op.create_table(
        "household_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("problem", "strength", name="needkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "dimension",
            sa.Enum(
                "health",
                "living",
                "education",
                "income",
                "services",
                name="dimension",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "told",
                "document",
                "survey",
                "visit",
                "import",
                "file",
                name="factsource",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("source_note", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_household_needs_household_id_households"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_needs")),
    )
    with op.batch_alter_table("household_needs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_household_needs_household_id"), ["household_id"], unique=False
        )

    op.create_table(
        "household_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_household_photos_file_id_stored_files")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_household_photos_household_id_households"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_photos")),
        sa.UniqueConstraint("file_id", name=op.f("uq_household_photos_file_id")),
    )
    with op.batch_alter_table("household_photos", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_household_photos_household_id"), ["household_id"], unique=False
        )

    op.create_table(
        "household_surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("surveyed_by", sa.String(length=120), nullable=False),
        sa.Column("monthly_income", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("debts", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["survey_editions.id"],
            name=op.f("fk_household_surveys_edition_id_survey_editions"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_household_surveys_household_id_households"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_surveys")),
    )
    with op.batch_alter_table("household_surveys", schema=None) as batch_op:
        batch_op.create_index(
            "ix_household_surveys_household", ["household_id", "surveyed_on"], unique=False
        )

    op.create_table(
        "survey_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "passed", "failed", "not_applicable", name="answer", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["survey_indicators.id"],
            name=op.f("fk_survey_answers_indicator_id_survey_indicators"),
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["household_surveys.id"],
            name=op.f("fk_survey_answers_survey_id_household_surveys"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        sa.UniqueConstraint(
            "survey_id", "indicator_id", name=op.f("uq_survey_answers_survey_id_indicator_id")
        ),
    )
    with op.batch_alter_table("survey_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_answers_indicator_id"), ["indicator_id"], unique=False
        )

    with op.batch_alter_table("person_names", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("middle_name", sa.String(length=100), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("person_names", schema=None) as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("middle_name")

    with op.batch_alter_table("survey_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_answers_indicator_id"))

    op.drop_table("survey_answers")
    with op.batch_alter_table("household_surveys", schema=None) as batch_op:
        batch_op.drop_index("ix_household_surveys_household")

    op.drop_table("household_surveys")
    with op.batch_alter_table("household_photos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_photos_household_id"))

    op.drop_table("household_photos")
    with op.batch_alter_table("household_needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_needs_household_id"))

    op.drop_table("household_needs")
    op.drop_table("survey_indicators")
    with op.batch_alter_table("person_identifiers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_identifiers_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_identifiers_number_index"))

    op.drop_table("person_identifiers")
    with op.batch_alter_table("person_facts", schema=None) as batch_op:
        batch_op.drop_index("ix_person_facts_person")
        batch_op.drop_index(batch_op.f("ix_person_facts_other_person_id"))

    op.drop_table("person_facts")
    op.drop_table("survey_editions")
