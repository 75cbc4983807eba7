"""Registry: facts and surveys.

Revision: 0008, after 0007
"""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the registry needs for this."""


def downgrade() -> None:
    """Take it away."""
