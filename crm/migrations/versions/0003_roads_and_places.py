"""roads and places."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('geocoding_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('provider', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('question', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('candidates', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('provider', 'question')
    )
    op.create_table('grading_numbers',
    sa.Column('policy', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('numbers', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('policy')
    )
    op.create_table('import_layout',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('customers', 'reps', 'territories', 'visits', 'sales', 'appointments', 'promises', 'calendar', 'leave', 'population', name='importkind', native_enum=False, length=32), nullable=False),
    sa.Column('fingerprint', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('system', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('remembered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('kind', 'fingerprint')
    )
    op.create_table('populated_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('lat', sa.Float(), nullable=False),
    sa.Column('lon', sa.Float(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code')
    )
    with op.batch_alter_table('populated_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_populated_place_lat'), ['lat'], unique=False)

    op.create_table('report_form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('trade', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('checklist', sa.JSON(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('trade')
    )
    op.create_table('travel_legs',
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('transport', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('cell', sa.BigInteger(), nullable=False),
    sa.Column('legs', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('source', 'transport', 'cell')
    )
    op.create_table('visit_frequency',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grade', sa.Enum('A', 'B', 'C', 'D', 'E', name='grade', native_enum=False, length=32), nullable=False),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('interval_days', sa.Integer(), nullable=False),
    sa.Column('service_minutes', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('grade', 'channel')
    )
    op.create_table('peak_hours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=True),
    sa.Column('weekdays', sqlmodel.sql.sqltypes.AutoString(length=7), nullable=False),
    sa.Column('from_s', sa.Integer(), nullable=False),
    sa.Column('to_s', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('peak_hours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_peak_hours_district_id'), ['district_id'], unique=False)

    op.create_table('rep_month',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('reckoned_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('rep_id', sa.Integer(), nullable=False),
    sa.Column('visits', sa.Integer(), nullable=False),
    sa.Column('field_days', sa.Integer(), nullable=False),
    sa.Column('reported', sa.Integer(), nullable=False),
    sa.Column('productive', sa.Integer(), nullable=False),
    sa.Column('timely', sa.Integer(), nullable=False),
    sa.Column('with_window', sa.Integer(), nullable=False),
    sa.Column('in_window', sa.Integer(), nullable=False),
    sa.Column('due', sa.Integer(), nullable=False),
    sa.Column('kept', sa.Integer(), nullable=False),
    sa.Column('travel_s', sa.Integer(), nullable=False),
    sa.Column('away_s', sa.Integer(), nullable=False),
    sa.Column('travel_m', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['rep_id'], ['rep.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('rep_month', schema=None) as batch_op:
        batch_op.create_index('ix_rep_month', ['month', 'rep_id'], unique=False)

    op.create_table('customer_columns',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id')
    )
    op.create_table('customer_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('filters', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=True),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('saved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], ),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], ),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('user_id', 'name')
    )
    with op.batch_alter_table('customer_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_view_district_id'), ['district_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_view_region_id'), ['region_id'], unique=False)

    op.create_table('import_draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('customers', 'reps', 'territories', 'visits', 'sales', 'appointments', 'promises', 'calendar', 'leave', 'population', name='importkind', native_enum=False, length=32), nullable=False),
    sa.Column('filename', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=True),
    sa.Column('system', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('edits', sa.JSON(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('found', sa.JSON(), nullable=True),
    sa.Column('begun_by_id', sa.Integer(), nullable=True),
    sa.Column('begun_by', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('begun_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('taken_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['begun_by_id'], ['user_account.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('import_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_draft_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_draft_begun_by_id'), ['begun_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_draft_changed_at'), ['changed_at'], unique=False)

    op.create_table('scenario',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('kept', 'applied', 'dropped', name='scenariostate', native_enum=False, length=32), nullable=False),
    sa.Column('approvals', sa.JSON(), nullable=False),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], ),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('district_id', 'name')
    )
    with op.batch_alter_table('scenario', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scenario_district_id'), ['district_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scenario_made_at'), ['made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_scenario_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scenario_state'), ['state'], unique=False)

    op.create_table('territory_month',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('reckoned_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('territory_id', sa.Integer(), nullable=True),
    sa.Column('rep_id', sa.Integer(), nullable=True),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('covered', sa.Integer(), nullable=False),
    sa.Column('required', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('attained', sa.Integer(), nullable=False),
    sa.Column('planned', sa.Integer(), nullable=False),
    sa.Column('closed', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Integer(), nullable=False),
    sa.Column('gaps', sa.Integer(), nullable=False),
    sa.Column('gaps_kept', sa.Integer(), nullable=False),
    sa.Column('with_interval', sa.Integer(), nullable=False),
    sa.Column('overdue', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['rep_id'], ['rep.id'], ),
    sa.ForeignKeyConstraint(['territory_id'], ['territory.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('territory_month', schema=None) as batch_op:
        batch_op.create_index('ix_territory_month', ['month', 'territory_id'], unique=False)

    op.create_table('bulk_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('trade', 'channel', 'status', 'rep', 'frequency', name='bulkkind', native_enum=False, length=32), nullable=False),
    sa.Column('value', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('applied_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('undone_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('approval_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], ),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('bulk_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bulk_change_made_at'), ['made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_bulk_change_user_id'), ['user_id'], unique=False)

    op.create_table('card_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('dropped_id', sa.Integer(), nullable=False),
    sa.Column('merged_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('merged_by', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kept_version', sa.Integer(), nullable=False),
    sa.Column('dropped_version', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('undone_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['dropped_id'], ['customer.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['kept_id'], ['customer.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('card_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_merge_dropped_id'), ['dropped_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_card_merge_kept_id'), ['kept_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_card_merge_merged_at'), ['merged_at'], unique=False)

    op.create_table('care_spell',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('in_care_since', sa.Date(), nullable=False),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.Column('interval_days', sa.Integer(), nullable=False),
    sa.Column('territory_id', sa.Integer(), nullable=True),
    sa.Column('rep_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rep_id'], ['rep.id'], ),
    sa.ForeignKeyConstraint(['territory_id'], ['territory.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('care_spell', schema=None) as batch_op:
        batch_op.create_index('ix_care_spell_days', ['last_day', 'first_day'], unique=False)
        batch_op.create_index('ix_care_spell_of_customer', ['customer_id', 'last_day'], unique=False)

    op.create_table('doubtful_place',
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('provider', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('noticed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('doubts', sa.JSON(), nullable=False),
    sa.Column('candidates', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('customer_id')
    )
    op.create_table('duplicate_pair',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('name_percent', sa.Integer(), nullable=False),
    sa.Column('metres', sa.Integer(), nullable=True),
    sa.Column('same_phone', sa.Boolean(), nullable=False),
    sa.Column('found_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('apart', sa.Boolean(), nullable=False),
    sa.Column('apart_by', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('apart_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['first_id'], ['customer.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['customer.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('first_id', 'second_id')
    )
    with op.batch_alter_table('duplicate_pair', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duplicate_pair_apart'), ['apart'], unique=False)
        batch_op.create_index(batch_op.f('ix_duplicate_pair_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_duplicate_pair_percent'), ['percent'], unique=False)
        batch_op.create_index(batch_op.f('ix_duplicate_pair_second_id'), ['second_id'], unique=False)

    op.create_table('sales_sum',
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('product', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('sales', sa.Integer(), nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.Column('before_cents', sa.BigInteger(), nullable=False),
    sa.Column('margin_cents', sa.BigInteger(), nullable=False),
    sa.Column('margin_of_cents', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('months', 'customer_id', 'product'),
    sqlite_with_rowid=False
    )
    op.create_table('territory_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.Uuid(), nullable=False),
    sa.Column('takes_effect_on', sa.Date(), nullable=False),
    sa.Column('codes', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'done', 'overtaken', name='changestate', native_enum=False, length=32), nullable=False),
    sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('outcome', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('approval_id')
    )
    with op.batch_alter_table('territory_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_territory_change_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_territory_change_takes_effect_on'), ['takes_effect_on'], unique=False)

    op.create_table('bulk_change_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bulk_change_id', sa.Uuid(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('left_out', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('params', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['bulk_change_id'], ['bulk_change.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('bulk_change_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bulk_change_row_bulk_change_id'), ['bulk_change_id'], unique=False)

    op.create_table('person_relation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('reports_to', 'works_with', 'listens_to', 'family', 'at_odds', name='relationkind', native_enum=False, length=32), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['key_person.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['key_person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('person_id', 'other_id', 'kind')
    )
    with op.batch_alter_table('person_relation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_relation_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_relation_other_id'), ['other_id'], unique=False)

    op.create_table('day_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rep_id', sa.Integer(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('running_late', 'customer_closed', 'no_show', 'urgent', 'finish_early', name='daychangekind', native_enum=False, length=32), nullable=False),
    sa.Column('state', sa.Enum('accepted', 'waiting', 'refused', 'overtaken', 'withdrawn', name='daychangestate', native_enum=False, length=32), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=False),
    sa.Column('sent_sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('accepted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], ),
    sa.ForeignKeyConstraint(['plan_id'], ['cycle_plan.id'], ),
    sa.ForeignKeyConstraint(['rep_id'], ['rep.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('day_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_change_approval_id'), ['approval_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_day_change_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index('ix_day_change_reps_days', ['rep_id', 'date'], unique=False)

    op.create_table('plan_edit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('deed', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('before_plan_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('move', 'hand_over', 'pin', 'unpin', 'remedy', 'absence', name='planeditkind', native_enum=False, length=32), nullable=False),
    sa.Column('visit_id', sqlmodel.sql.sqltypes.AutoString(length=140), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('before_on', sa.Date(), nullable=True),
    sa.Column('after_on', sa.Date(), nullable=True),
    sa.Column('leave_noted', sa.Boolean(), nullable=False),
    sa.Column('purpose', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('undone_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('fingerprint_before', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('fingerprint_after', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['before_plan_id'], ['cycle_plan.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], ),
    sa.ForeignKeyConstraint(['plan_id'], ['cycle_plan.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('plan_edit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_edit_before_plan_id'), ['before_plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_edit_deed'), ['deed'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_edit_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_edit_user_id'), ['user_id'], unique=False)

    op.create_table('plan_wish',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sqlmodel.sql.sqltypes.AutoString(length=140), nullable=False),
    sa.Column('wish', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('wanted_on', sa.Date(), nullable=True),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('state', sa.Enum('open', 'taken', 'refused', name='wishstate', native_enum=False, length=32), nullable=False),
    sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('answered_by', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['plan_id'], ['cycle_plan.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('plan_wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_wish_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_wish_user_id'), ['user_id'], unique=False)

    with op.batch_alter_table('customer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('place_origin', sa.Enum('given', 'found', 'missing', name='placeorigin', native_enum=False, length=32), server_default='given', nullable=False))
        batch_op.add_column(sa.Column('credit_score', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('customer_since', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_customer_channel'), ['channel'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_place_origin'), ['place_origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_trade'), ['trade'], unique=False)
        batch_op.create_foreign_key('fk_customer_merged_into_id', 'customer', ['merged_into_id'], ['id'])

    with op.batch_alter_table('cycle_plan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('travel_source', sqlmodel.sql.sqltypes.AutoString(length=400), server_default='', nullable=False))
        batch_op.add_column(sa.Column('replan_because', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('changes_plan_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_cycle_plan_changes_plan_id', 'cycle_plan', ['changes_plan_id'], ['id'])

    with op.batch_alter_table('planned_visit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stands_in', sa.Boolean(), server_default='0', nullable=False))
        batch_op.drop_index(batch_op.f('ix_planned_visit_customer_id'))
        batch_op.drop_index(batch_op.f('ix_planned_visit_plan_id'))
        batch_op.create_index('ix_planned_visit_customers_days', ['customer_id', 'date'], unique=False)
        batch_op.create_index('ix_planned_visit_plans_days', ['plan_id', 'date'], unique=False)

    with op.batch_alter_table('sale', schema=None) as batch_op:
        batch_op.add_column(sa.Column('margin_cents', sa.BigInteger(), nullable=True))
        batch_op.create_index('ix_sale_of_days', ['date', 'product', 'customer_id', 'amount_cents', 'margin_cents'], unique=False)

    with op.batch_alter_table('visit_report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('satisfaction', sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f('ix_visit_report_customer_id'))
        batch_op.drop_index(batch_op.f('ix_visit_report_rep_id'))
        batch_op.create_index('ix_visit_report_customers_days', ['customer_id', 'visited_on'], unique=False)
        batch_op.create_index('ix_visit_report_reps_days', ['rep_id', 'visited_on'], unique=False)
        batch_op.create_index('ix_visit_report_unread', ['verdict', 'received_at', 'id', 'rep_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('visit_report', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_report_unread')
        batch_op.drop_index('ix_visit_report_reps_days')
        batch_op.drop_index('ix_visit_report_customers_days')
        batch_op.create_index(batch_op.f('ix_visit_report_rep_id'), ['rep_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_report_customer_id'), ['customer_id'], unique=False)
        batch_op.drop_column('satisfaction')

    with op.batch_alter_table('sale', schema=None) as batch_op:
        batch_op.drop_index('ix_sale_of_days')
        batch_op.drop_column('margin_cents')

    with op.batch_alter_table('planned_visit', schema=None) as batch_op:
        batch_op.drop_index('ix_planned_visit_plans_days')
        batch_op.drop_index('ix_planned_visit_customers_days')
        batch_op.create_index(batch_op.f('ix_planned_visit_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_planned_visit_customer_id'), ['customer_id'], unique=False)
        batch_op.drop_column('stands_in')

    with op.batch_alter_table('cycle_plan', schema=None) as batch_op:
        batch_op.drop_constraint('fk_cycle_plan_changes_plan_id', type_='foreignkey')
        batch_op.drop_column('changes_plan_id')
        batch_op.drop_column('replan_because')
        batch_op.drop_column('travel_source')

    with op.batch_alter_table('customer', schema=None) as batch_op:
        batch_op.drop_constraint('fk_customer_merged_into_id', type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_customer_trade'))
        batch_op.drop_index(batch_op.f('ix_customer_place_origin'))
        batch_op.drop_index(batch_op.f('ix_customer_merged_into_id'))
        batch_op.drop_index(batch_op.f('ix_customer_channel'))
        batch_op.drop_column('merged_into_id')
        batch_op.drop_column('customer_since')
        batch_op.drop_column('credit_score')
        batch_op.drop_column('place_origin')

    with op.batch_alter_table('plan_wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_wish_user_id'))
        batch_op.drop_index(batch_op.f('ix_plan_wish_plan_id'))

    op.drop_table('plan_wish')
    with op.batch_alter_table('plan_edit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_edit_user_id'))
        batch_op.drop_index(batch_op.f('ix_plan_edit_plan_id'))
        batch_op.drop_index(batch_op.f('ix_plan_edit_deed'))
        batch_op.drop_index(batch_op.f('ix_plan_edit_before_plan_id'))

    op.drop_table('plan_edit')
    with op.batch_alter_table('day_change', schema=None) as batch_op:
        batch_op.drop_index('ix_day_change_reps_days')
        batch_op.drop_index(batch_op.f('ix_day_change_plan_id'))
        batch_op.drop_index(batch_op.f('ix_day_change_approval_id'))

    op.drop_table('day_change')
    with op.batch_alter_table('person_relation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_relation_other_id'))
        batch_op.drop_index(batch_op.f('ix_person_relation_customer_id'))

    op.drop_table('person_relation')
    with op.batch_alter_table('bulk_change_row', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bulk_change_row_bulk_change_id'))

    op.drop_table('bulk_change_row')
    with op.batch_alter_table('territory_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_territory_change_takes_effect_on'))
        batch_op.drop_index(batch_op.f('ix_territory_change_state'))

    op.drop_table('territory_change')
    op.drop_table('sales_sum')
    with op.batch_alter_table('duplicate_pair', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duplicate_pair_second_id'))
        batch_op.drop_index(batch_op.f('ix_duplicate_pair_percent'))
        batch_op.drop_index(batch_op.f('ix_duplicate_pair_first_id'))
        batch_op.drop_index(batch_op.f('ix_duplicate_pair_apart'))

    op.drop_table('duplicate_pair')
    op.drop_table('doubtful_place')
    with op.batch_alter_table('care_spell', schema=None) as batch_op:
        batch_op.drop_index('ix_care_spell_of_customer')
        batch_op.drop_index('ix_care_spell_days')

    op.drop_table('care_spell')
    with op.batch_alter_table('card_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_merge_merged_at'))
        batch_op.drop_index(batch_op.f('ix_card_merge_kept_id'))
        batch_op.drop_index(batch_op.f('ix_card_merge_dropped_id'))

    op.drop_table('card_merge')
    with op.batch_alter_table('bulk_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bulk_change_user_id'))
        batch_op.drop_index(batch_op.f('ix_bulk_change_made_at'))

    op.drop_table('bulk_change')
    with op.batch_alter_table('territory_month', schema=None) as batch_op:
        batch_op.drop_index('ix_territory_month')

    op.drop_table('territory_month')
    with op.batch_alter_table('scenario', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scenario_state'))
        batch_op.drop_index(batch_op.f('ix_scenario_made_by_id'))
        batch_op.drop_index(batch_op.f('ix_scenario_made_at'))
        batch_op.drop_index(batch_op.f('ix_scenario_district_id'))

    op.drop_table('scenario')
    with op.batch_alter_table('import_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_draft_changed_at'))
        batch_op.drop_index(batch_op.f('ix_import_draft_begun_by_id'))
        batch_op.drop_index(batch_op.f('ix_import_draft_batch_id'))

    op.drop_table('import_draft')
    with op.batch_alter_table('customer_view', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_customer_view_region_id'))
        batch_op.drop_index(batch_op.f('ix_customer_view_district_id'))

    op.drop_table('customer_view')
    op.drop_table('customer_columns')
    with op.batch_alter_table('rep_month', schema=None) as batch_op:
        batch_op.drop_index('ix_rep_month')

    op.drop_table('rep_month')
    with op.batch_alter_table('peak_hours', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_peak_hours_district_id'))

    op.drop_table('peak_hours')
    op.drop_table('visit_frequency')
    op.drop_table('travel_legs')
    op.drop_table('report_form')
    with op.batch_alter_table('populated_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_populated_place_lat'))

    op.drop_table('populated_place')
    op.drop_table('import_layout')
    op.drop_table('grading_numbers')
    op.drop_table('geocoding_answer')
