"""The diary in one module: SQLAlchemy Core, pages from strings, and a secret of the session made by hand."""

import hmac
import secrets
from functools import wraps

from flask import Flask, abort, g, jsonify, make_response, redirect, render_template_string, request, session
from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, create_engine
from werkzeug.exceptions import HTTPException
from werkzeug.security import check_password_hash, generate_password_hash

HASH_METHOD = "pbkdf2:sha256:1000"  # quick, for demonstration accounts: real ones keep the default
metadata = MetaData()
people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, unique=True, nullable=False),
    Column("password", String, nullable=False),
    Column("email", String, nullable=False, default=""),
)
pots = Table(
    "pots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", ForeignKey("people.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("watered", Boolean, nullable=False, default=False),
)

HEAD = """<!doctype html><html lang="en"><head><title>Plants</title>
<meta name="csrf-token" content="{{ secret() }}"></head><body>
{% macro form(action) %}<form method="POST" action="{{ action }}">{{ caller() }}
<input name="_of_this_page" value="{{ secret() }}" hidden></form>{% endmacro %}
{% if g.person %}<a href="/">Diary</a> <a href="/profile">Profile</a>
{% call form("/logout") %}<button name="leave" value="yes">Log out</button>{% endcall %}{% endif %}"""
LOGIN = (
    HEAD
    + """{{ message }}{% call form("/login") %}<input name="name"><input type="password" name="password">
<input type="submit" value="Log in">{% endcall %}</body></html>"""
)
DIARY = (
    HEAD
    + """{% for pot in pots %}<p>{{ pot.name }} <input type="checkbox" data-plant="{{ pot.id }}"
{% if pot.watered %}checked{% endif %}> {% call form("/plants/%d/delete" % pot.id) %}<button>Delete</button>
{% endcall %}</p>{% endfor %}
{% call form("/plants") %}<input name="name" required><button>Add</button>{% endcall %}
<script src="/static/diary.js" defer></script></body></html>"""
)
PROFILE = (
    HEAD
    + """{% call form("/profile") %}<input type="email" name="email" value="{{ g.person.email }}">
<button>Save</button>{% endcall %}</body></html>"""
)


def secret():
    """The secret of this session; only its own pages show it."""
    return session.setdefault("secret", secrets.token_hex(24))


def check_secret():
    """Runs before all views. What may change something has to bring the session's secret."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    known = session.get("secret")
    if request.path.startswith("/api/"):
        brought = request.headers.get("X-CSRFToken", "")
    else:
        brought = request.form.get("_of_this_page", "")
    if known is None or not hmac.compare_digest(known.encode(), brought.encode()):
        abort(400, "This did not come from a page of the diary.")


def for_members(view):
    """Lets nobody else in."""

    @wraps(view)
    def guarded(**values):
        if g.person is None:
            if request.path.startswith("/api/"):
                abort(401)
            return redirect("/login")
        return view(**values)

    return guarded


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="development",
        SQLALCHEMY_DATABASE_URI="sqlite:///diary.db",
        SESSION_COOKIE_SAMESITE="Strict",
    )
    app.config.update(config or {})
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    metadata.create_all(engine)
    app.jinja_env.globals["secret"] = secret
    app.before_request(check_secret)

    with engine.begin() as connection:
        for name, password in app.config.get("MEMBERS", {}).items():
            if not connection.execute(people.select().where(people.c.name == name)).first():
                connection.execute(
                    people.insert().values(name=name, password=generate_password_hash(password, HASH_METHOD))
                )

    @app.before_request
    def open_database():
        g.database = engine.connect()
        g.person = g.database.execute(people.select().where(people.c.id == session.get("person", -1))).first()

    @app.teardown_request
    def close_database(_):
        if "database" in g:
            g.pop("database").close()

    @app.errorhandler(HTTPException)
    def failed(error):
        if request.path.startswith("/api/"):
            return jsonify(error=error.description), error.code
        return make_response(f"<h1>{error.name}</h1>", error.code)

    def change(statement):
        g.database.execute(statement)
        g.database.commit()

    def own_pots():
        return g.database.execute(pots.select().where(pots.c.owner == g.person.id).order_by(pots.c.id)).all()

    def own_pot(number):
        for pot in own_pots():
            if pot.id == number:
                return pot
        abort(404)

    def public(pot):
        return {"id": pot.id, "name": pot.name, "watered": pot.watered}

    @app.get("/login")
    def login_page():
        return render_template_string(LOGIN, message="")

    @app.post("/login")
    def login():
        query = people.select().where(people.c.name == request.form.get("name"))
        person = g.database.execute(query).first()
        if person and check_password_hash(person.password, request.form.get("password", "")):
            session.clear()
            session["person"] = person.id
            return redirect("/")
        return render_template_string(LOGIN, message="No."), 401

    @app.post("/logout")
    def logout():
        session.clear()
        return redirect("/login")

    @app.get("/")
    @for_members
    def home():
        return render_template_string(DIARY, pots=own_pots())

    @app.post("/plants")
    @for_members
    def add():
        change(pots.insert().values(owner=g.person.id, name=request.form["name"]))
        return redirect("/")

    @app.post("/plants/<int:number>/delete")
    @for_members
    def delete(number):
        change(pots.delete().where(pots.c.id == own_pot(number).id))
        return redirect("/")

    @app.route("/profile", methods=["GET", "POST"])
    @for_members
    def profile():
        if request.method == "POST":
            change(people.update().where(people.c.id == g.person.id).values(email=request.form["email"]))
            return redirect("/profile")
        return render_template_string(PROFILE)

    @app.get("/api/diary")
    @for_members
    def everything():
        return {"member": g.person.name, "email": g.person.email, "plants": [public(pot) for pot in own_pots()]}

    @app.post("/api/plants/<int:number>/watered")
    @for_members
    def watered(number):
        pot = own_pot(number)
        change(pots.update().where(pots.c.id == pot.id).values(watered=bool(request.get_json()["watered"])))
        return public(own_pot(number))

    return app
