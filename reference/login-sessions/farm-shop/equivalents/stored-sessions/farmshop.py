"""The farm shop with its sessions in the database: cookies hold random identifiers and nothing else."""

import json
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

import sqlalchemy as sa
from flask import Flask, Response, abort, current_app, g, make_response, redirect, request
from werkzeug.security import check_password_hash, generate_password_hash

metadata = sa.MetaData()
customers = sa.Table(
    "customers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("email", sa.String, nullable=False, unique=True),
    sa.Column("password", sa.String, nullable=False),
)
visits = sa.Table(  # a row per browser session
    "visits",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("customer_id", sa.Integer, index=True),
    sa.Column("fresh", sa.Boolean, nullable=False),
    sa.Column("basket", sa.String, nullable=False),
    sa.Column("seen", sa.Float, nullable=False),
)
keepsakes = sa.Table(  # a row per browser that is remembered
    "keepsakes",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("customer_id", sa.Integer, nullable=False, index=True),
)


def change(statement: sa.Executable) -> None:
    g.db.execute(statement)
    g.db.commit()


def give_cookie(name: str, value: str, seconds: int | None = None) -> None:
    """Notes a cookie for the answer; an empty one deletes it."""
    g.cookies[name] = (value, seconds)


def new_visit(customer_id: int | None = None, fresh: bool = False) -> None:
    """Replaces the visit of this browser, if there is one, by a new one with a new identifier."""
    old = request.cookies.get("visit", "")
    row = {"id": secrets.token_hex(20), "customer_id": customer_id, "fresh": fresh, "basket": "[]", "seen": time.time()}
    g.db.execute(sa.delete(visits).where(visits.c.id == old))
    change(sa.insert(visits).values(row))
    g.visit = g.db.execute(sa.select(visits).where(visits.c.id == row["id"])).one()
    give_cookie("visit", row["id"])


def forget_browser() -> None:
    """Ends the remember-me of this browser."""
    if keepsake := request.cookies.get("keepsake"):
        change(sa.delete(keepsakes).where(keepsakes.c.id == keepsake))
        give_cookie("keepsake", "")


def log_in(customer_id: int, remember: bool) -> None:
    forget_browser()
    new_visit(customer_id, fresh=True)
    if remember:
        keepsake = secrets.token_hex(20)
        change(sa.insert(keepsakes).values(id=keepsake, customer_id=customer_id))
        give_cookie("keepsake", keepsake, current_app.config["REMEMBER_SECONDS"])


def current_visit() -> sa.Row | None:
    visit = g.db.execute(sa.select(visits).where(visits.c.id == request.cookies.get("visit", ""))).first()
    if visit is None or visit.seen + current_app.config["IDLE_SECONDS"] < time.time():
        return None
    change(sa.update(visits).where(visits.c.id == visit.id).values(seen=time.time()))
    return visit


def begin_request() -> None:
    g.db = current_app.extensions["engine"].connect()
    g.cookies = {}
    g.visit = current_visit()
    if g.visit is None or g.visit.customer_id is None:
        keepsake = request.cookies.get("keepsake", "")
        kept = g.db.execute(sa.select(keepsakes).where(keepsakes.c.id == keepsake)).first()
        if kept is not None:
            new_visit(kept.customer_id)


def send_cookies(response: Response) -> Response:
    secure = current_app.config["SECURE_COOKIES"]
    for name, (value, seconds) in g.get("cookies", {}).items():
        if value:
            response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Strict", secure=secure)
        else:
            response.delete_cookie(name)
    return response


def end_request(_error: BaseException | None) -> None:
    if "db" in g:
        g.db.close()


def current_customer() -> sa.Row | None:
    number = g.visit.customer_id if g.visit is not None else None
    return None if number is None else g.db.execute(sa.select(customers).where(customers.c.id == number)).first()


def for_customers(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def wrapped() -> Any:
        customer = current_customer()
        return ask_for_password() if customer is None else view(customer)

    return wrapped


def ask_for_password() -> Any:
    target = request.path + (f"?{request.query_string.decode('ascii')}" if request.query_string else "")
    return redirect(f"/login?next={quote(target, safe='')}")


def is_local(target: str) -> bool:
    if any(ord(letter) < 33 for letter in target) or "\\" in target or not target.startswith("/"):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and not target.startswith("//")


def needed(*names: str) -> list[str]:
    values = [request.form.get(name, "") for name in names]
    if not all(values):
        abort(400)
    return values


def new_hash(password: str) -> str:
    return generate_password_hash(password, current_app.config["PASSWORD_HASH_METHOD"])


def health() -> Any:
    return {"status": "ok"}


def home() -> Any:
    customer = current_customer()
    basket = json.loads(g.visit.basket) if g.visit is not None else []
    return {"customer": customer.email if customer is not None else None, "basket": basket}


def add_to_basket() -> Any:
    (item,) = needed("item")
    if g.visit is None:
        new_visit()
    basket = json.dumps([*json.loads(g.visit.basket), item])
    change(sa.update(visits).where(visits.c.id == g.visit.id).values(basket=basket))
    return "", 204


def register() -> Any:
    email, password = needed("email", "password")
    if g.db.execute(sa.select(customers.c.id).where(customers.c.email == email)).first():
        abort(409)
    change(sa.insert(customers).values(email=email, password=new_hash(password)))
    return {"email": email}, 201


def login_page() -> Any:
    return "<form method=post><input name=email><input name=password type=password><button>Log in</button></form>"


def login() -> Any:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    customer = g.db.execute(sa.select(customers).where(customers.c.email == email)).first()
    if customer is None:
        new_hash(password)
    if customer is None or not check_password_hash(customer.password, password):
        return make_response("This did not work.", 401)
    log_in(customer.id, remember=bool(request.form.get("remember")))
    target = request.args.get("next", "")
    return redirect(target if is_local(target) else "/account")


def logout() -> Any:
    forget_browser()
    change(sa.delete(visits).where(visits.c.id == request.cookies.get("visit", "")))
    give_cookie("visit", "")
    return redirect("/")


def account(customer: sa.Row) -> Any:
    return {"email": customer.email}


def invoices(_customer: sa.Row) -> Any:
    return {"invoices": []} if g.visit.fresh else ask_for_password()


def change_password(customer: sa.Row) -> Any:
    current, new = needed("current", "new")
    if not check_password_hash(customer.password, current):
        abort(403)
    for table in (visits, keepsakes):
        g.db.execute(sa.delete(table).where(table.c.customer_id == customer.id))
    change(sa.update(customers).where(customers.c.id == customer.id).values(password=new_hash(new)))
    remembered = "keepsake" in request.cookies
    log_in(customer.id, remember=remembered)
    return "", 204


def create_app(config: dict[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///farmshop.sqlite",
        IDLE_SECONDS=1800,
        REMEMBER_SECONDS=2592000,
        SECURE_COOKIES=False,
        PASSWORD_HASH_METHOD="scrypt",
    )
    app.config.from_mapping(config or {})
    engine = app.extensions["engine"] = sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    metadata.create_all(engine)
    app.before_request(begin_request)
    app.after_request(send_cookies)
    app.teardown_request(end_request)
    app.add_url_rule("/health", view_func=health)
    app.add_url_rule("/", view_func=home)
    app.add_url_rule("/basket", view_func=add_to_basket, methods=["POST"])
    app.add_url_rule("/register", view_func=register, methods=["POST"])
    app.add_url_rule("/login", view_func=login_page)
    app.add_url_rule("/login", view_func=login, methods=["POST"])
    app.add_url_rule("/logout", view_func=logout, methods=["POST"])
    app.add_url_rule("/account", view_func=for_customers(account))
    app.add_url_rule("/account/invoices", view_func=for_customers(invoices))
    app.add_url_rule("/account/password", view_func=for_customers(change_password), methods=["POST"])
    return app
