"""The books, by SQLAlchemy's Core: an engine for each store, no session and no models."""

import sqlalchemy as sa

metadata = sa.MetaData()
book = sa.Table(
    "book",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("author", sa.String, nullable=False),
)


class Store:
    def __init__(self, address):
        self.engine = sa.create_engine(address)
        metadata.create_all(self.engine)

    def add(self, title, author):
        with self.engine.begin() as connection:
            row = connection.execute(sa.insert(book).values(title=title, author=author).returning(*book.c))
            return dict(row.mappings().one())

    def first(self, count):
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(book).order_by(book.c.id).limit(count))
            return [dict(row) for row in rows.mappings()]

    def find(self, number):
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(book).where(book.c.id == number)).mappings().one_or_none()
            return dict(row) if row else None

    def empty(self):
        metadata.drop_all(self.engine)
        metadata.create_all(self.engine)
