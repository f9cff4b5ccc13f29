"""The farm shop on Flask's session alone: to remember somebody is to make their session permanent."""

import hashlib
import secrets
import time
from functools import wraps
from urllib.parse import urlencode

from flask import Flask, abort, g, redirect, request, session, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash

TYPED = "typed"  # a cookie without an expiry date: it is gone when the browser has been closed


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Customer(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]

    @property
    def stamp(self):
        """Follows from the stored hash, whose salt is new with each password."""
        return hashlib.sha256(self.password_hash.encode()).hexdigest()[:20]


def start_session(customer, remember):
    session.clear()
    session.permanent = remember
    session.update(id=customer.id, stamp=customer.stamp, seen=time.time(), typed=secrets.token_hex(8))
    g.typed = session["typed"]


def find_customer(idle_seconds):
    """Sets g.customer and g.fresh from the session, or empties it."""
    g.customer, g.fresh = None, False
    if "id" not in session:
        return
    customer = db.session.get(Customer, session["id"])
    idle = time.time() - session["seen"] > idle_seconds
    if customer is None or customer.stamp != session["stamp"] or (idle and not session.permanent):
        session.clear()
        return
    if idle:
        session.pop("typed", None)
    session["seen"] = time.time()
    g.customer = customer
    g.fresh = "typed" in session and request.cookies.get(TYPED) == session["typed"]


def guarded(fresh=False):
    def decorate(view):
        @wraps(view)
        def wrapper():
            if g.customer is None or (fresh and not g.fresh):
                asked_for = request.full_path.rstrip("?")
                back = {"next": asked_for} if request.method == "GET" else {}
                return redirect("/login?" + urlencode(back))
            return view()

        return wrapper

    return decorate


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(
        SQLALCHEMY_DATABASE_URI="sqlite:///farmshop.db",
        IDLE_SECONDS=1800,
        REMEMBER_SECONDS=30 * 24 * 3600,
        SECURE_COOKIES=False,
        PASSWORD_HASH_METHOD="scrypt",
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.update(config or {})
    app.config["SESSION_COOKIE_SECURE"] = app.config["SECURE_COOKIES"]
    app.config["PERMANENT_SESSION_LIFETIME"] = app.config["REMEMBER_SECONDS"]
    db.init_app(app)
    with app.app_context():
        db.create_all()
        nobody = generate_password_hash(secrets.token_hex(), app.config["PASSWORD_HASH_METHOD"])

    @app.before_request
    def load():
        find_customer(app.config["IDLE_SECONDS"])

    @app.after_request
    def note_typed_password(response):
        if "typed" in g:
            flags = {"httponly": True, "samesite": "Lax", "secure": app.config["SECURE_COOKIES"]}
            response.set_cookie(TYPED, g.typed, **flags)
        return response

    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.get("/")
    def home():
        return {"customer": g.customer.email if g.customer else None, "basket": session.get("basket", [])}

    @app.post("/basket")
    def basket():
        session.setdefault("basket", []).append(request.form.get("item") or abort(400))
        session.modified = True
        return "", 204

    @app.post("/register")
    def register():
        email, password = request.form.get("email"), request.form.get("password")
        if not email or not password:
            abort(400)
        method = app.config["PASSWORD_HASH_METHOD"]
        try:
            db.session.add(Customer(email=email, password_hash=generate_password_hash(password, method)))
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            return "taken", 409
        return {"email": email}, 201

    @app.get("/login")
    def show_login():
        return (
            '<form method="post"><input name="email"><input name="password" type="password"><button>Go</button></form>'
        )

    @app.post("/login")
    def login():
        found = db.session.scalar(db.select(Customer).filter_by(email=request.form.get("email", "")))
        right = check_password_hash(found.password_hash if found else nobody, request.form.get("password", ""))
        if not (found and right):
            return show_login(), 401
        start_session(found, remember=bool(request.form.get("remember")))
        wanted = "".join(letter for letter in request.args.get("next", "") if letter.isprintable())
        return redirect(request.host_url + wanted.lstrip("/\\ ") if wanted else url_for("account"))

    @app.post("/logout")
    def logout():
        session.clear()
        return redirect("/")

    @app.get("/account")
    @guarded()
    def account():
        return {"email": g.customer.email}

    @app.get("/account/invoices")
    @guarded(fresh=True)
    def invoices():
        return {"invoices": []}

    @app.post("/account/password")
    @guarded()
    def password():
        current, new = request.form.get("current"), request.form.get("new")
        if not current or not new:
            abort(400)
        if not check_password_hash(g.customer.password_hash, current):
            abort(403)
        g.customer.password_hash = generate_password_hash(new, app.config["PASSWORD_HASH_METHOD"])
        db.session.commit()
        session["stamp"] = g.customer.stamp
        return "", 204

    return app
