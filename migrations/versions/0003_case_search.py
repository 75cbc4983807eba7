"""Any part of a word of a case is found: trigrams of ``cases.search_text``.

SQLite: an FTS5 table without content of its own, kept by triggers. PostgreSQL: pg_trgm, which
needs a UTF-8 locale and, once, somebody who may create the extension.

Revision: 0003, after 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE VIRTUAL TABLE case_search USING fts5(
       search_text, content='cases', content_rowid='id', tokenize='trigram')""",
    "INSERT INTO case_search(case_search) VALUES ('rebuild')",
    """CREATE TRIGGER case_search_added AFTER INSERT ON cases BEGIN
       INSERT INTO case_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER case_search_removed AFTER DELETE ON cases BEGIN
       INSERT INTO case_search(case_search, rowid, search_text)
       VALUES ('delete', old.id, old.search_text); END""",
    """CREATE TRIGGER case_search_changed AFTER UPDATE OF search_text ON cases
       WHEN old.search_text IS NOT new.search_text BEGIN
       INSERT INTO case_search(case_search, rowid, search_text)
       VALUES ('delete', old.id, old.search_text);
       INSERT INTO case_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX case_search_trigrams ON cases USING gin (search_text gin_trgm_ops)",
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
            op.execute(f"DROP TRIGGER case_search_{name}")
        op.execute("DROP TABLE case_search")
    else:
        op.execute("DROP INDEX case_search_trigrams")
