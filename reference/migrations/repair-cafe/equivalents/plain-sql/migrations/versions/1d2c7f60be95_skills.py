"""skills of their own

Revision ID: 1d2c7f60be95
Revises: 9e63d5a8f241
"""

from alembic import op

revision = "1d2c7f60be95"
down_revision = "9e63d5a8f241"


def upgrade():
    op.execute("""
        CREATE TABLE skills (
            id INTEGER NOT NULL PRIMARY KEY,
            volunteer_id INTEGER NOT NULL,
            name VARCHAR(60) NOT NULL,
            CONSTRAINT uq_skills_volunteer_id_name UNIQUE (volunteer_id, name),
            FOREIGN KEY (volunteer_id) REFERENCES volunteers (id) ON DELETE CASCADE
        )
    """)
    op.execute("""
        INSERT INTO skills (volunteer_id, name)
        WITH RECURSIVE parts (volunteer_id, place, name, rest) AS (
            SELECT id, 0, '', skills || ',' FROM volunteers WHERE skills IS NOT NULL
            UNION ALL
            SELECT volunteer_id, place + 1, trim(substr(rest, 1, instr(rest, ',') - 1)),
                substr(rest, instr(rest, ',') + 1)
            FROM parts WHERE rest <> ''
        )
        SELECT volunteer_id, name FROM parts WHERE name <> ''
        GROUP BY volunteer_id, name ORDER BY volunteer_id, min(place)
    """)
    op.execute("ALTER TABLE volunteers RENAME COLUMN tel TO phone")
    op.execute("ALTER TABLE volunteers DROP COLUMN skills")


def downgrade():
    op.execute("ALTER TABLE volunteers RENAME COLUMN phone TO tel")
    op.execute("ALTER TABLE volunteers ADD COLUMN skills VARCHAR(400)")
    op.execute("""
        UPDATE volunteers SET skills = (
            SELECT group_concat(name, ', ')
            FROM (SELECT name FROM skills WHERE volunteer_id = volunteers.id ORDER BY id)
        )
    """)
    op.execute("DROP TABLE skills")
