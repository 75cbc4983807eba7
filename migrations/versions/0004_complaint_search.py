"""Any part of a word of a complaint is found: trigrams of ``complaints.search_text``.

SQLite: an FTS5 table without content of its own, kept by triggers. PostgreSQL: pg_trgm, which
needs a UTF-8 locale and, once, somebody who may create the extension.

Revision: 0004, after 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE VIRTUAL TABLE complaint_search USING fts5(
       search_text, content='complaints', content_rowid='id', tokenize='trigram')""",
    "INSERT INTO complaint_search(complaint_search) VALUES ('rebuild')",
    """CREATE TRIGGER complaint_search_added AFTER INSERT ON complaints BEGIN
       INSERT INTO complaint_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER complaint_search_removed AFTER DELETE ON complaints BEGIN
       INSERT INTO complaint_search(complaint_search, rowid, search_text)
       VALUES ('delete', old.id, old.search_text); END""",
    """CREATE TRIGGER complaint_search_changed AFTER UPDATE OF search_text ON complaints
       WHEN old.search_text IS NOT new.search_text BEGIN
       INSERT INTO complaint_search(complaint_search, rowid, search_text)
       VALUES ('delete', old.id, old.search_text);
       INSERT INTO complaint_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX complaint_search_trigrams ON complaints USING gin (search_text gin_trgm_ops)",
)


def upgrade() -> None:
    """Add the search table or index."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take them away; the extension stays, others may use it."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER complaint_search_{name}")
        op.execute("DROP TABLE complaint_search")
    else:
        op.execute("DROP INDEX complaint_search_trigrams")
