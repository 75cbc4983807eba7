"""Tones in the search text of cases as letters, for PostgreSQL's trigrams (``SearchText``).

To pg_trgm a tone is no part of a word and cuts it in two: what it found for a short word was
wrong thirteen times in fourteen and had to be looked through. SQLite's trigrams know no words.

Long texts are compressed with LZ4 where the server knows it, as it unpacks them faster: each text
that the index brings up is unpacked for every word.

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MARKS, LETTERS = "็่้๊๋์๎", "აბგდევზ"
_KNOWS_LZ4 = sa.text(
    "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
)


def upgrade() -> None:
    """Write the search text anew and its index."""
    _exchange(MARKS, LETTERS)


def downgrade() -> None:
    """Write it as it was."""
    _exchange(LETTERS, MARKS)


def _exchange(old: str, new: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP INDEX case_search_trigrams")
    if op.get_bind().scalar(_KNOWS_LZ4):
        method = "lz4" if old == MARKS else "default"
        op.execute(f"ALTER TABLE cases ALTER COLUMN search_text SET COMPRESSION {method}")
    op.execute(f"UPDATE cases SET search_text = translate(search_text, '{old}', '{new}')")  # noqa: S608 - our own letters
    op.execute("CREATE INDEX case_search_trigrams ON cases USING gin (search_text gin_trgm_ops)")
