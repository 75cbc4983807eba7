"""Registry: duplicates.

Revision: 0009, after 0008
"""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the registry needs for this."""


def downgrade() -> None:
    """Take it away."""
