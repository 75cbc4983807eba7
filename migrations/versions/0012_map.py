"""Registry: houses by village and by place, for the map.

Revision: 0012, after 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes: a village's cells are counted, and neighbours found, within them."""
    op.create_index(
        "ix_households_map", "households", ["village_no", "lat", "lng", "merged_into_id"]
    )
    op.create_index("ix_households_place", "households", ["lat", "lng"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_households_place", table_name="households")
    op.drop_index("ix_households_map", table_name="households")
