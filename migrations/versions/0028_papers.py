"""Official papers: drafts, issued ones, books of numbers, texts, seals, certificates, batches.

Revision: 0028, after 0024
"""

from alembic import op
import sqlalchemy as sa


revision = '0028'
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of papers."""
    op.create_table('paper_series',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('prefix', sa.String(length=30), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_paper_series'))
    )
    op.create_table('paper_assets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('seal', 'garuda', name='assetkind', native_enum=False, length=24), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_paper_assets_file_id_stored_files')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_paper_assets_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_assets'))
    )
    with op.batch_alter_table('paper_assets', schema=None) as batch_op:
        batch_op.create_index('ix_paper_assets_kind', ['kind', 'id'], unique=False)

    op.create_table('paper_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('status', sa.Enum('waiting', 'working', 'done', 'stopped', name='batchstatus', native_enum=False, length=24), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_paper_batches_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_batches')),
    sa.UniqueConstraint('public_id', name=op.f('uq_paper_batches_public_id'))
    )
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.create_index('ix_paper_batches_status', ['status', 'id'], unique=False)

    op.create_table('paper_gaps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series', sa.String(length=20), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_paper_gaps_explained')),
    sa.CheckConstraint('first >= 1 AND last >= first', name=op.f('ck_paper_gaps_range')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_paper_gaps_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_gaps'))
    )
    with op.batch_alter_table('paper_gaps', schema=None) as batch_op:
        batch_op.create_index('ix_paper_gaps_book', ['series', 'fiscal_year', 'first'], unique=False)

    op.create_table('paper_texts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_paper_texts_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_texts')),
    sa.UniqueConstraint('kind', 'edition', name=op.f('uq_paper_texts_kind_edition'))
    )
    op.create_table('signing_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source', sa.Enum('own', 'uploaded', name='keysource', native_enum=False, length=24), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(length=32), nullable=False),
    sa.Column('certificate', sa.Text(), nullable=False),
    sa.Column('private_key', sa.LargeBinary(), nullable=False),
    sa.Column('valid_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_signing_keys_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_keys')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_signing_keys_fingerprint'))
    )
    op.create_table('papers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('status', sa.Enum('draft', 'issued', 'withdrawn', name='paperstatus', native_enum=False, length=24), nullable=False),
    sa.Column('secrecy', sa.Enum('normal', 'sensitive', name='secrecy', native_enum=False, length=24), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('complaint_id', sa.Integer(), nullable=True),
    sa.Column('household_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('recipient', sa.String(length=200), nullable=False),
    sa.Column('search', sa.Text(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('series', sa.String(length=20), nullable=True),
    sa.Column('fiscal_year', sa.Integer(), nullable=True),
    sa.Column('running', sa.Integer(), nullable=True),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('verify_code', sa.String(length=12), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.LargeBinary(length=32), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('key_id', sa.Integer(), nullable=True),
    sa.Column('text_id', sa.Integer(), nullable=True),
    sa.Column('prints', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdraw_reason', sa.Text(), nullable=False),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("status <> 'withdrawn' OR withdraw_reason <> ''", name=op.f('ck_papers_withdrawn')),
    sa.CheckConstraint("status = 'draft' OR issued_at IS NOT NULL", name=op.f('ck_papers_issued')),
    sa.CheckConstraint('(series IS NULL) = (running IS NULL) AND (running IS NULL) = (fiscal_year IS NULL)', name=op.f('ck_papers_numbered')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_papers_case_id_cases')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaints.id'], name=op.f('fk_papers_complaint_id_complaints')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_papers_file_id_stored_files')),
    sa.ForeignKeyConstraint(['household_id'], ['households.id'], name=op.f('fk_papers_household_id_households')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['users.id'], name=op.f('fk_papers_issued_by_id_users')),
    sa.ForeignKeyConstraint(['key_id'], ['signing_keys.id'], name=op.f('fk_papers_key_id_signing_keys')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_papers_made_by_id_users')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_papers_person_id_people')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['papers.id'], name=op.f('fk_papers_replaced_by_id_papers')),
    sa.ForeignKeyConstraint(['text_id'], ['paper_texts.id'], name=op.f('fk_papers_text_id_paper_texts')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['users.id'], name=op.f('fk_papers_withdrawn_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_papers')),
    sa.UniqueConstraint('file_id', name=op.f('uq_papers_file_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_papers_public_id')),
    sa.UniqueConstraint('series', 'fiscal_year', 'running', name=op.f('uq_papers_series_fiscal_year_running')),
    sa.UniqueConstraint('verify_code', name=op.f('uq_papers_verify_code'))
    )
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.create_index('ix_papers_case', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_papers_complaint', ['complaint_id'], unique=False)
        batch_op.create_index('ix_papers_household', ['household_id'], unique=False)
        batch_op.create_index('ix_papers_issued', ['issued_at', 'id'], unique=False)
        batch_op.create_index('ix_papers_person', ['person_id'], unique=False)
        batch_op.create_index('ix_papers_replaced', ['replaced_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_papers_sha256'), ['sha256'], unique=False)

    op.create_table('paper_batch_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('waiting', 'issued', 'failed', name='itemstatus', native_enum=False, length=24), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=True),
    sa.Column('failure', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['paper_batches.id'], name=op.f('fk_paper_batch_items_batch_id_paper_batches')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_paper_batch_items_case_id_cases')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_paper_batch_items_paper_id_papers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_batch_items')),
    sa.UniqueConstraint('batch_id', 'place', name=op.f('uq_paper_batch_items_batch_id_place'))
    )
    with op.batch_alter_table('paper_batch_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_batch_items_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_paper_batch_items_status', ['batch_id', 'status'], unique=False)



def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table('paper_batch_items', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_batch_items_status')
        batch_op.drop_index(batch_op.f('ix_paper_batch_items_case_id'))

    op.drop_table('paper_batch_items')
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_papers_sha256'))
        batch_op.drop_index('ix_papers_replaced')
        batch_op.drop_index('ix_papers_person')
        batch_op.drop_index('ix_papers_issued')
        batch_op.drop_index('ix_papers_household')
        batch_op.drop_index('ix_papers_complaint')
        batch_op.drop_index('ix_papers_case')

    op.drop_table('papers')
    op.drop_table('signing_keys')
    op.drop_table('paper_texts')
    with op.batch_alter_table('paper_gaps', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_gaps_book')

    op.drop_table('paper_gaps')
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_batches_status')

    op.drop_table('paper_batches')
    with op.batch_alter_table('paper_assets', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_assets_kind')

    op.drop_table('paper_assets')
    op.drop_table('paper_series')
