"""skills and status

Revision ID: c27a9e4d1b36
Revises: 9e63d5a8f241

The table repairs is made anew: SQLite can't add a NOT NULL column without a default, nor a CHECK constraint. env.py
switches foreign keys off meanwhile; otherwise dropping the old table would delete all notes.
"""

import sqlalchemy as sa
from alembic import op

revision = "c27a9e4d1b36"
down_revision = "9e63d5a8f241"
branch_labels = None
depends_on = None

skills_table = sa.table("skills", sa.column("id"), sa.column("volunteer_id"), sa.column("name"))
old_volunteers = sa.table("volunteers", sa.column("id"), sa.column("skills"))


def upgrade():
    op.create_table(
        "skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"], name="fk_skills_volunteer_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("volunteer_id", "name", name="uq_skills_volunteer_id_name"),
    )
    split_skills()
    op.execute("ALTER TABLE volunteers DROP COLUMN skills")
    op.execute("ALTER TABLE volunteers RENAME COLUMN tel TO phone")

    replace_repairs(
        # The default is for the rows that are copied.
        sa.Column("status", sa.String(10), nullable=False, server_default="waiting"),
        sa.Column("remark", sa.String(200), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'fixed', 'unfixed', 'other')", name="ck_repairs_status"),
        copied={
            "status": """
                CASE
                    WHEN outcome IS NULL THEN 'waiting'
                    WHEN outcome = 'fixed' THEN 'fixed'
                    WHEN outcome = 'not fixed' THEN 'unfixed'
                    ELSE 'other'
                END
            """,
            "remark": "CASE WHEN outcome NOT IN ('fixed', 'not fixed') THEN outcome END",
        },
    )


def downgrade():
    replace_repairs(
        sa.Column("outcome", sa.String(200), nullable=True),
        copied={
            "outcome": """
                CASE status
                    WHEN 'fixed' THEN 'fixed'
                    WHEN 'unfixed' THEN 'not fixed'
                    WHEN 'other' THEN remark
                END
            """
        },
    )

    op.execute("ALTER TABLE volunteers RENAME COLUMN phone TO tel")
    op.add_column("volunteers", sa.Column("skills", sa.String(400), nullable=True))
    join_skills()
    op.drop_table("skills")


def split_skills():
    """Makes a row of each name in the texts."""
    connection = op.get_bind()
    rows = []
    for volunteer_id, text in connection.execute(
        sa.select(old_volunteers.c.id, old_volunteers.c.skills).order_by(old_volunteers.c.id)
    ):
        names = [name.strip(" ") for name in (text or "").split(",")]
        rows += [{"volunteer_id": volunteer_id, "name": name} for name in dict.fromkeys(names) if name]
    for number, row in enumerate(rows, start=1):
        row["id"] = number
    if rows:
        connection.execute(sa.insert(skills_table), rows)


def join_skills():
    """Makes a text of each volunteer's rows."""
    connection = op.get_bind()
    names = {}
    for volunteer_id, name in connection.execute(
        sa.select(skills_table.c.volunteer_id, skills_table.c.name).order_by(skills_table.c.id)
    ):
        names.setdefault(volunteer_id, []).append(name)
    for volunteer_id, theirs in names.items():
        connection.execute(
            sa.update(old_volunteers).where(old_volunteers.c.id == volunteer_id).values(skills=", ".join(theirs))
        )


def replace_repairs(*added, copied):
    """Makes the table repairs anew with ``added``; ``copied`` says what its columns get from the old rows."""
    op.create_table(
        "repairs_new",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        *added,
        sa.CheckConstraint("minutes >= 0"),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name="fk_repairs_volunteer_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    kept = "id, volunteer_id, item, minutes"
    names, values = ", ".join(copied), ", ".join(copied.values())
    op.execute(f"INSERT INTO repairs_new ({kept}, {names}) SELECT {kept}, {values} FROM repairs")
    op.drop_table("repairs")
    op.rename_table("repairs_new", "repairs")
    op.create_index("ix_repairs_volunteer_id", "repairs", ["volunteer_id"])
