"""skills and statuses

Revision ID: c05a7be19f34
Revises: 9e63d5a8f241
"""

import sqlalchemy as sa
from alembic import op

revision = "c05a7be19f34"
down_revision = "9e63d5a8f241"
branch_labels = None
depends_on = None

# What the tables look like while this revision moves their rows.
volunteers = sa.table("volunteers", sa.column("id", sa.Integer), sa.column("skills", sa.String))
skills = sa.table(
    "skills", sa.column("id", sa.Integer), sa.column("volunteer_id", sa.Integer), sa.column("name", sa.String)
)
repairs = sa.table(
    "repairs", sa.column("outcome", sa.String), sa.column("status", sa.String), sa.column("remark", sa.String)
)

# It has no name, so batch mode would not copy it.
MINUTES = "minutes >= 0"


def stop_cascades():
    """Dropping the original of a copied table would delete the rows that point to it."""
    op.execute("PRAGMA foreign_keys=OFF")


def upgrade():
    stop_cascades()
    op.create_table(
        "skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"], name="fk_skills_volunteer_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("volunteer_id", "name"),
    )
    with op.batch_alter_table("repairs") as batch:
        batch.add_column(sa.Column("status", sa.String(10), nullable=True))
        batch.add_column(sa.Column("remark", sa.String(200), nullable=True))

    connection = op.get_bind()
    for volunteer_id, text in connection.execute(sa.select(volunteers.c.id, volunteers.c.skills)).all():
        names = dict.fromkeys(name.strip() for name in (text or "").split(","))
        for name in filter(None, names):
            connection.execute(skills.insert().values(volunteer_id=volunteer_id, name=name))
    status = sa.case(
        (repairs.c.outcome.is_(None), "waiting"),
        (repairs.c.outcome == "fixed", "fixed"),
        (repairs.c.outcome == "not fixed", "unfixed"),
        else_="other",
    )
    connection.execute(repairs.update().values(status=status))
    connection.execute(repairs.update().where(repairs.c.status == "other").values(remark=repairs.c.outcome))

    with op.batch_alter_table("volunteers") as batch:
        batch.alter_column("tel", new_column_name="phone")
        batch.drop_column("skills")
    with op.batch_alter_table("repairs", table_args=[sa.CheckConstraint(MINUTES)]) as batch:
        batch.alter_column("status", existing_type=sa.String(10), nullable=False)
        batch.drop_column("outcome")
        batch.create_check_constraint("ck_repairs_status", "status IN ('waiting', 'fixed', 'unfixed', 'other')")


def downgrade():
    stop_cascades()
    with op.batch_alter_table("volunteers") as batch:
        batch.alter_column("phone", new_column_name="tel")
        batch.add_column(sa.Column("skills", sa.String(400), nullable=True))
    with op.batch_alter_table("repairs") as batch:
        batch.add_column(sa.Column("outcome", sa.String(200), nullable=True))

    connection = op.get_bind()
    names = {}
    for volunteer_id, name in connection.execute(sa.select(skills.c.volunteer_id, skills.c.name).order_by(skills.c.id)):
        names.setdefault(volunteer_id, []).append(name)
    for volunteer_id, known in names.items():
        row = volunteers.update().where(volunteers.c.id == volunteer_id)
        connection.execute(row.values(skills=", ".join(known)))
    outcome = sa.case(
        (repairs.c.status == "fixed", "fixed"),
        (repairs.c.status == "unfixed", "not fixed"),
        (repairs.c.status == "other", repairs.c.remark),
    )
    connection.execute(repairs.update().values(outcome=outcome))

    with op.batch_alter_table("repairs", table_args=[sa.CheckConstraint(MINUTES)]) as batch:
        batch.drop_constraint("ck_repairs_status", type_="check")
        batch.drop_column("status")
        batch.drop_column("remark")
    op.drop_table("skills")
