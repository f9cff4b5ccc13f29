CREATE TABLE IF NOT EXISTS ticket (
    id INTEGER PRIMARY KEY,
    scale TEXT NOT NULL,
    plate TEXT NOT NULL,
    kilograms INTEGER NOT NULL,
    operator TEXT NOT NULL,
    browser TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ticket_browser ON ticket (browser);
CREATE TABLE IF NOT EXISTS report (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    operator TEXT NOT NULL,
    agent TEXT NOT NULL,
    tickets INTEGER,
    kilograms INTEGER,
    amount INTEGER
);
