"""Referrals to other agencies and their answers; closings that a manager reviews.

Revision: 0022, after 0021
"""

from alembic import op
import sqlalchemy as sa


revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table('agencies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('social', 'health_centre', 'hospital', 'province', 'district', 'red_cross', 'school', 'police', 'shelter', 'labour', 'municipality', 'foundation', 'other', name='agencykind', native_enum=False, length=24), nullable=False),
    sa.Column('name_th', sa.String(length=160), nullable=False),
    sa.Column('name_en', sa.String(length=160), nullable=False),
    sa.Column('head', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('phone', sa.String(length=60), nullable=False),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('contact', sa.String(length=120), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agencies')),
    sa.UniqueConstraint('name_th', name=op.f('uq_agencies_name_th'))
    )
    op.create_table('chase_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('first_days', sa.Integer(), nullable=False),
    sa.Column('again_days', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('again_days BETWEEN 1 AND 365', name=op.f('ck_chase_rules_again')),
    sa.CheckConstraint('first_days BETWEEN 1 AND 365', name=op.f('ck_chase_rules_first')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_chase_rules_made_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chase_rules'))
    )
    op.create_table('referrals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'sent', 'accepted', 'answered', 'declined', 'withdrawn', name='referralstatus', native_enum=False, length=24), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('basis', sa.Enum('consent', 'public_task', 'legal_duty', 'vital', name='basis', native_enum=False, length=24), nullable=False),
    sa.Column('basis_note', sa.Text(), nullable=False),
    sa.Column('consent_by', sa.String(length=120), nullable=False),
    sa.Column('consent_how', sa.Enum('written', 'spoken', 'phone', 'request', name='consenthow', native_enum=False, length=24), nullable=True),
    sa.Column('consent_on', sa.Date(), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('shared', sa.LargeBinary(), nullable=True),
    sa.Column('signer', sa.String(length=120), nullable=False),
    sa.Column('signer_position', sa.String(length=120), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('open_until', sa.Date(), nullable=False),
    sa.Column('extended', sa.Integer(), nullable=False),
    sa.Column('code_round', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('letter_year', sa.Integer(), nullable=True),
    sa.Column('letter_running', sa.Integer(), nullable=True),
    sa.Column('letter_no', sa.String(length=40), nullable=False),
    sa.Column('holds_case', sa.Boolean(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end_reason', sa.Text(), nullable=False),
    sa.Column('chased', sa.Integer(), nullable=False),
    sa.Column('chased_on', sa.Date(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'draft') OR (sent_at IS NOT NULL) OR (ended_at IS NOT NULL)", name=op.f('ck_referrals_sent')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_referrals_agency_id_agencies')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_referrals_case_id_cases')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_referrals_made_by_id_users')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['users.id'], name=op.f('fk_referrals_sent_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referrals')),
    sa.UniqueConstraint('letter_year', 'letter_running', name=op.f('uq_referrals_letter_year_letter_running')),
    sa.UniqueConstraint('reference', name=op.f('uq_referrals_reference'))
    )
    with op.batch_alter_table('referrals', schema=None) as batch_op:
        batch_op.create_index('ix_referrals_agency', ['agency_id', 'id'], unique=False)
        batch_op.create_index('ix_referrals_case', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_referrals_open', ['answer_by'], unique=False, sqlite_where=sa.text("status IN ('sent', 'accepted')"), postgresql_where=sa.text("status IN ('sent', 'accepted')"))

    op.create_table('referral_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('referral_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('accept', 'result', 'decline', 'more_time', name='answerkind', native_enum=False, length=24), nullable=False),
    sa.Column('came', sa.Enum('link', 'letter', 'phone', 'email', 'meeting', name='came', native_enum=False, length=24), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('signed', sa.String(length=160), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['users.id'], name=op.f('fk_referral_answers_recorded_by_id_users')),
    sa.ForeignKeyConstraint(['referral_id'], ['referrals.id'], name=op.f('fk_referral_answers_referral_id_referrals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_answers'))
    )
    with op.batch_alter_table('referral_answers', schema=None) as batch_op:
        batch_op.create_index('ix_referral_answers_referral', ['referral_id', 'id'], unique=False)

    op.create_table('referral_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['referral_answers.id'], name=op.f('fk_referral_files_answer_id_referral_answers')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_referral_files_file_id_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_files')),
    sa.UniqueConstraint('file_id', name=op.f('uq_referral_files_file_id'))
    )
    with op.batch_alter_table('referral_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_files_answer_id'), ['answer_id'], unique=False)

    with op.batch_alter_table('categories', schema=None) as batch_op:
        batch_op.add_column(sa.Column('review_closing', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table('categories', schema=None) as batch_op:
        batch_op.drop_column('review_closing')

    with op.batch_alter_table('referral_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_files_answer_id'))

    op.drop_table('referral_files')
    with op.batch_alter_table('referral_answers', schema=None) as batch_op:
        batch_op.drop_index('ix_referral_answers_referral')

    op.drop_table('referral_answers')
    with op.batch_alter_table('referrals', schema=None) as batch_op:
        batch_op.drop_index('ix_referrals_open', sqlite_where=sa.text("status IN ('sent', 'accepted')"), postgresql_where=sa.text("status IN ('sent', 'accepted')"))
        batch_op.drop_index('ix_referrals_case')
        batch_op.drop_index('ix_referrals_agency')

    op.drop_table('referrals')
    op.drop_table('chase_rules')
    op.drop_table('agencies')
