-- A small database at revision 9e63d5a8f241.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE volunteers (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    tel VARCHAR(40),
    skills VARCHAR(400),
    PRIMARY KEY (id)
);
CREATE INDEX ix_volunteers_name ON volunteers (name);
CREATE TABLE repairs (
    id INTEGER NOT NULL,
    volunteer_id INTEGER NOT NULL,
    item VARCHAR(120) NOT NULL,
    minutes INTEGER NOT NULL,
    outcome VARCHAR(200),
    PRIMARY KEY (id),
    CHECK (minutes >= 0),
    CONSTRAINT fk_repairs_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteers (id) ON DELETE CASCADE
);
CREATE INDEX ix_repairs_volunteer_id ON repairs (volunteer_id);
CREATE TABLE notes (
    id INTEGER NOT NULL,
    repair_id INTEGER NOT NULL,
    text VARCHAR(400) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_notes_repair_id FOREIGN KEY(repair_id) REFERENCES repairs (id) ON DELETE CASCADE
);

INSERT INTO alembic_version VALUES ('9e63d5a8f241');
INSERT INTO volunteers VALUES
    (1, 'Nora Lind', '555 0102', 'soldering, sewing'),
    (2, 'Tomas Vale', NULL, ' bicycles,,sewing , bicycles'),
    (5, 'Ruth Amsel', '555 0177', NULL);
INSERT INTO repairs VALUES
    (1, 1, 'kettle', 30, 'fixed'),
    (2, 1, 'radio', 75, 'not fixed'),
    (4, 2, 'lamp', 0, NULL),
    (7, 5, 'toaster', 20, 'taken home, spare part ordered');
INSERT INTO notes VALUES
    (1, 1, 'the lid was loose'),
    (2, 7, 'heating wire of 2 m'),
    (3, 7, 'rings on Friday');
