"""A farm's shop: visitors fill a basket, customers have accounts."""

import functools
import re
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)

REMEMBER_COOKIE = "remember"

# One slash, since browsers take "//" and "/\" for the start of a host; and nothing that they skip or read as a slash.
LOCAL_ADDRESS = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f]*")

LOGIN_PAGE = """<!doctype html>
<title>Log in</title>
<form method="post">
  <input name="email" type="email" autocomplete="username">
  <input name="password" type="password" autocomplete="current-password">
  <label><input name="remember" type="checkbox" value="yes"> Remember me</label>
  <button>Log in</button>
</form>
"""


class Customer(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    stamp: Mapped[str]  # changes with the password; logins and remember cookies of another stamp are over

    def set_password(self, password: str) -> None:
        self.password_hash = hash_password(password)
        self.stamp = secrets.token_hex(16)


def hash_password(password: str) -> str:
    return generate_password_hash(password, method=current_app.config["PASSWORD_HASH_METHOD"])


def find_customer(customer_id: int, stamp: str) -> Customer | None:
    return db.session.scalar(select(Customer).filter_by(id=customer_id, stamp=stamp))


# The login of the session


def start_login(customer: Customer, *, fresh: bool) -> None:
    """Begins a session that has nothing of an earlier one."""
    session.clear()
    session["customer"] = customer.id
    session["stamp"] = customer.stamp
    session["fresh"] = fresh
    session["seen"] = time.time()
    g.customer = customer


def customer_of_session() -> Customer | None:
    if "customer" not in session:
        return None
    customer = None
    if time.time() - session["seen"] < current_app.config["IDLE_SECONDS"]:
        customer = find_customer(session["customer"], session["stamp"])
    if customer is None:
        session.clear()
    else:
        session["seen"] = time.time()
    return customer


# The remember cookie


def remember_serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="remember-me")


def remember(response: Response, customer: Customer) -> None:
    lifetime = current_app.config["REMEMBER_SECONDS"]
    content = {"customer": customer.id, "stamp": customer.stamp, "until": time.time() + lifetime}
    response.set_cookie(
        REMEMBER_COOKIE,
        remember_serializer().dumps(content),
        max_age=lifetime,
    )


def forget(response: Response) -> None:
    response.delete_cookie(REMEMBER_COOKIE)


def remembered_customer() -> Customer | None:
    try:
        content = remember_serializer().loads(request.cookies.get(REMEMBER_COOKIE, ""))
    except BadSignature:
        return None
    if time.time() >= content["until"]:
        return None
    return find_customer(content["customer"], content["stamp"])


def load_customer() -> None:
    g.customer = customer_of_session()
    if g.customer is None and (customer := remembered_customer()):
        start_login(customer, fresh=False)


def login_required(view: Callable[..., Any] | None = None, *, fresh: bool = False) -> Callable[..., Any]:
    """Sends to the login page who is not logged in, or not freshly."""
    if view is None:
        return functools.partial(login_required, fresh=fresh)

    @functools.wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if g.customer is None or (fresh and not session["fresh"]):
            if request.method not in ("GET", "HEAD"):
                return redirect(url_for("login_page"))
            query = request.query_string.decode(errors="replace")
            return redirect(url_for("login_page", next=f"{request.path}?{query}" if query else request.path))
        return view(*args, **kwargs)

    return wrapped


def form_fields(*names: str) -> list[str]:
    """The values of form fields, none of which may be missing or empty."""
    return [request.form.get(name) or abort(400) for name in names]


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///farmshop.db",
        IDLE_SECONDS=1800,
        REMEMBER_SECONDS=2_592_000,
        SECURE_COOKIES=False,
        PASSWORD_HASH_METHOD="scrypt",
    )
    app.config.from_mapping(config or {})
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.config["SECURE_COOKIES"],
        # Flask refuses older session cookies, permanent or not; logins are over after IDLE_SECONDS, by our own check.
        PERMANENT_SESSION_LIFETIME=timedelta(days=31, seconds=app.config["IDLE_SECONDS"]),
    )
    db.init_app(app)
    app.before_request(load_customer)

    with app.app_context():
        db.create_all()
        nobodys_hash = hash_password(secrets.token_hex(16))

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/")
    def home() -> dict[str, Any]:
        return {"customer": g.customer.email if g.customer else None, "basket": session.get("basket", [])}

    @app.post("/basket")
    def add_to_basket() -> tuple[str, int]:
        item = request.form.get("item") or abort(400)
        session["basket"] = [*session.get("basket", []), item]
        return "", 204

    @app.post("/register")
    def register() -> ResponseReturnValue:
        email, password = form_fields("email", "password")
        customer = Customer(email=email)
        customer.set_password(password)
        db.session.add(customer)
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            abort(409)
        return {"email": email}, 201

    @app.get("/login")
    def login_page() -> str:
        return LOGIN_PAGE

    @app.post("/login")
    def login() -> ResponseReturnValue:
        customer = db.session.scalar(select(Customer).filter_by(email=request.form.get("email", "")))
        # A hash is computed for an unknown address, too, so that the time tells nothing.
        password_hash = customer.password_hash if customer else nobodys_hash
        if not check_password_hash(password_hash, request.form.get("password", "")) or customer is None:
            abort(401)
        start_login(customer, fresh=True)
        target = request.args.get("next", "")
        response = redirect(target if LOCAL_ADDRESS.fullmatch(target) else url_for("account"))
        if request.form.get("remember"):
            remember(response, customer)
        else:
            forget(response)
        return response

    @app.post("/logout")
    def logout() -> ResponseReturnValue:
        session.clear()
        response = redirect(url_for("home"))
        forget(response)
        return response

    @app.get("/account")
    @login_required
    def account() -> dict[str, Any]:
        return {"email": g.customer.email}

    @app.get("/account/invoices")
    @login_required(fresh=True)
    def invoices() -> dict[str, Any]:
        return {"invoices": []}

    @app.post("/account/password")
    @login_required
    def change_password() -> ResponseReturnValue:
        current, new = form_fields("current", "new")
        if not check_password_hash(g.customer.password_hash, current):
            abort(403)
        g.customer.set_password(new)
        db.session.commit()
        session["stamp"] = g.customer.stamp
        response = Response(status=204)
        forget(response)
        return response

    return app
