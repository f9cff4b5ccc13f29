"""Which line of the stem sends the most statements: pairs (observed, claimed)."""

import sys
from collections import Counter

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

TEMPLATE = """<p>{{ total }} books</p>
{% for author in authors %}
  <h2>{{ author.name }}</h2>
  {% for title in author.books | map(attribute="title") %}
    <p>{{ title }}, {{ author.name }}</p>
  {% endfor %}
{% endfor %}"""


def busiest():
    """The line, as it stands in the view or the template, that was being run for the most statements."""
    db = SQLAlchemy()

    class Author(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        books: Mapped[list["Book"]] = relationship()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.jinja_loader = DictLoader({"authors.html": TEMPLATE})
    db.init_app(app)

    @app.get("/authors")
    def authors():
        found = db.session.scalars(select(Author).order_by(Author.name)).all()
        total = db.session.scalar(select(func.count(Book.id)))
        return render_template("authors.html", authors=found, total=total)

    view = {3: "found = …", 4: "total = …", 5: "return …"}
    lines = Counter()

    def note(*call):
        frame = sys._getframe()
        while frame:
            code = frame.f_code
            if code.co_filename == "<template>":
                compiled = app.jinja_env.get_template("authors.html")
                number = compiled.get_corresponding_lineno(frame.f_lineno)
                lines[TEMPLATE.splitlines()[number - 1].strip()] += 1
                return
            if code is authors.__code__:
                lines[view[frame.f_lineno - code.co_firstlineno + 1]] += 1
                return
            frame = frame.f_back

    with app.app_context():
        db.create_all()
        db.session.add_all(
            Author(name=f"author {n}", books=[Book(title=f"book {k}") for k in range(5)]) for n in range(40)
        )
        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", note)
    assert app.test_client().get("/authors").text.count("book ") == 200
    return lines.most_common(1)[0][0]


def all_authors():
    return busiest(), "found = …"


def count_of_books():
    return busiest(), "total = …"


def name_of_author():
    return busiest(), "<h2>{{ author.name }}</h2>"


def title_of_book():
    return busiest(), "<p>{{ title }}, {{ author.name }}</p>"


def titles_of_books():
    return busiest(), '{% for title in author.books | map(attribute="title") %}'


def loop_over_authors():
    return busiest(), "{% for author in authors %}"
