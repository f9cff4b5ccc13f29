"""notes

Revision ID: 9e63d5a8f241
Revises: 4b1f0c2a7d10
"""

import sqlalchemy as sa
from alembic import op

revision = "9e63d5a8f241"
down_revision = "4b1f0c2a7d10"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repair_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(["repair_id"], ["repairs.id"], name="fk_notes_repair_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("notes")
