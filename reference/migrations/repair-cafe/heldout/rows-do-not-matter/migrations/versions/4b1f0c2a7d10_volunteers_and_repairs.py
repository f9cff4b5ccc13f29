"""volunteers and repairs

Revision ID: 4b1f0c2a7d10
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "4b1f0c2a7d10"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "volunteers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("tel", sa.String(40), nullable=True),
        sa.Column("skills", sa.String(400), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_volunteers_name", "volunteers", ["name"])
    op.create_table(
        "repairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(200), nullable=True),
        sa.CheckConstraint("minutes >= 0"),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name="fk_repairs_volunteer_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_repairs_volunteer_id", "repairs", ["volunteer_id"])


def downgrade():
    op.drop_table("repairs")
    op.drop_table("volunteers")
