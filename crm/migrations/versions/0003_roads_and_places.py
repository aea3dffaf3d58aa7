"""roads and places."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('visit_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_report_rep_id'))
        batch_op.create_index('ix_visit_report_reps_days', ['rep_id', 'visited_on'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('visit_report', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_report_reps_days')
        batch_op.create_index(batch_op.f('ix_visit_report_rep_id'), ['rep_id'], unique=False)

