"""statuses instead of outcomes

Revision ID: a8e4430f5c12
Revises: 1d2c7f60be95
"""

from alembic import op

revision = "a8e4430f5c12"
down_revision = "1d2c7f60be95"

STATUS = (
    "status VARCHAR(10) NOT NULL CONSTRAINT ck_repairs_status CHECK (status IN ('waiting','fixed','unfixed','other'))"
)
COMMON = "id, volunteer_id, item, minutes"


def rebuild(columns, names, values):
    """A new table takes the place of the old one, with its name, rows and index."""
    op.execute(f"""
        CREATE TABLE new_repairs (
            id INTEGER NOT NULL PRIMARY KEY,
            volunteer_id INTEGER NOT NULL,
            item VARCHAR(120) NOT NULL,
            minutes INTEGER NOT NULL CHECK (minutes >= 0),
            {columns},
            CONSTRAINT fk_repairs_volunteer_id FOREIGN KEY (volunteer_id) REFERENCES volunteers (id) ON DELETE CASCADE
        )
    """)
    op.execute(f"INSERT INTO new_repairs ({COMMON}, {names}) SELECT {COMMON}, {values} FROM repairs")
    op.execute("DROP TABLE repairs")
    op.execute("ALTER TABLE new_repairs RENAME TO repairs")
    op.execute("CREATE INDEX ix_repairs_volunteer_id ON repairs (volunteer_id)")


def upgrade():
    rebuild(
        f"{STATUS}, remark VARCHAR(200)",
        "status, remark",
        """
        CASE WHEN outcome IS NULL THEN 'waiting' WHEN outcome = 'fixed' THEN 'fixed'
            WHEN outcome = 'not fixed' THEN 'unfixed' ELSE 'other' END,
        CASE WHEN outcome NOT IN ('fixed', 'not fixed') THEN outcome END
        """,
    )


def downgrade():
    rebuild(
        "outcome VARCHAR(200)",
        "outcome",
        "CASE status WHEN 'fixed' THEN 'fixed' WHEN 'unfixed' THEN 'not fixed' WHEN 'other' THEN remark END",
    )
