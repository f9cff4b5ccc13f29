"""the next release

Revision ID: 77b09d3ce1a4
Revises: 9e63d5a8f241
"""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "77b09d3ce1a4"
down_revision = "9e63d5a8f241"

STATUS_OF = {None: "waiting", "fixed": "fixed", "not fixed": "unfixed"}
OUTCOME_OF = {status: outcome for outcome, status in STATUS_OF.items()}


def table(name):
    """A table as it is in the database at this moment."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def rows_of(name):
    found = table(name)
    return [dict(row) for row in op.get_bind().execute(sa.select(found).order_by(found.c.id)).mappings()]


def store(name, rows):
    if rows:
        op.bulk_insert(table(name), rows)


@contextmanager
def aside():
    """Notes and repairs are taken out of their tables, and put back when those have their new shape."""
    notes, repairs = rows_of("notes"), rows_of("repairs")
    op.execute("DELETE FROM notes")
    op.execute("DELETE FROM repairs")
    yield repairs
    store("repairs", repairs)
    store("notes", notes)


def minutes_check():
    return sa.CheckConstraint("minutes >= 0", name="ck_repairs_minutes")


def upgrade():
    with aside() as repairs:
        for repair in repairs:
            outcome = repair.pop("outcome")
            repair["status"] = STATUS_OF.get(outcome, "other")
            repair["remark"] = outcome if repair["status"] == "other" else None
        known = []
        for volunteer in rows_of("volunteers"):
            names = []
            for part in (volunteer["skills"] or "").split(","):
                if (name := part.strip()) and name not in names:
                    names.append(name)
            known += [{"volunteer_id": volunteer["id"], "name": name} for name in names]

        with op.batch_alter_table("volunteers", recreate="always") as batch:
            batch.alter_column("tel", new_column_name="phone")
            batch.drop_column("skills")
        with op.batch_alter_table("repairs", table_args=[minutes_check()]) as batch:
            batch.drop_column("outcome")
            batch.add_column(sa.Column("status", sa.String(10), nullable=False))
            batch.add_column(sa.Column("remark", sa.String(200)))
            batch.create_check_constraint("ck_repairs_status", "status IN ('waiting', 'fixed', 'unfixed', 'other')")
        op.create_table(
            "skills",
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("volunteer_id", sa.Integer, sa.ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False),
            sa.Column("name", sa.String(60), nullable=False),
        )
        with op.batch_alter_table("skills") as batch:
            batch.create_unique_constraint("uq_skills_volunteer_id_name", ["volunteer_id", "name"])
        store("skills", known)


def downgrade():
    with aside() as repairs:
        for repair in repairs:
            status, remark = repair.pop("status"), repair.pop("remark")
            repair["outcome"] = OUTCOME_OF.get(status, remark)
        known = {}
        for skill in rows_of("skills"):
            known.setdefault(skill["volunteer_id"], []).append(skill["name"])
        op.drop_table("skills")
        with op.batch_alter_table("volunteers") as batch:
            batch.alter_column("phone", new_column_name="tel")
            batch.add_column(sa.Column("skills", sa.String(400)))
        with op.batch_alter_table("repairs", table_args=[minutes_check()]) as batch:
            batch.drop_constraint("ck_repairs_status", type_="check")
            batch.drop_column("status")
            batch.drop_column("remark")
            batch.add_column(sa.Column("outcome", sa.String(200)))
        volunteers = table("volunteers")
        for number, names in known.items():
            changed = volunteers.update().where(volunteers.c.id == number)
            op.get_bind().execute(changed.values(skills=", ".join(names)))
