"""Registry: change sets.

Revision: 0007, after 0006
"""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the registry needs for this."""


def downgrade() -> None:
    """Take it away."""
