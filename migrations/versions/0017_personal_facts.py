"""Facts of a person that came later.

Revision: 0017, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

PRECISION = sa.Enum("day", "month", "year", name="dateprecision", native_enum=False, length=24)


def upgrade() -> None:
    """Let the days of a name be known in part, or its end not at all."""
    with op.batch_alter_table("person_names", schema=None) as batch_op:
        for name in ("from_precision", "to_precision"):
            batch_op.add_column(sa.Column(name, PRECISION, nullable=False, server_default="day"))
        batch_op.add_column(
            sa.Column("end_unknown", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Take it back; a name whose end is not known ends on the day it began, or today."""
    names = sa.table(
        "person_names",
        sa.column("from_day", sa.Date),
        sa.column("to_day", sa.Date),
        sa.column("end_unknown", sa.Boolean),
    )
    op.execute(
        names.update()
        .where(names.c.end_unknown, names.c.to_day.is_(None))
        .values(to_day=sa.func.coalesce(names.c.from_day, sa.func.current_date()))
    )
    with op.batch_alter_table("person_names", schema=None) as batch_op:
        for name in ("end_unknown", "to_precision", "from_precision"):
            batch_op.drop_column(name)
