"""User accounts whose API is guarded by access and refresh tokens."""

import time
import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import jwt
from flask import Flask, abort, current_app, g, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, case, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from werkzeug.exceptions import HTTPException
from werkzeug.security import check_password_hash, generate_password_hash

ALGORITHM = "HS256"
ROLES = ("admin", "member")


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class User(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default="member")
    active: Mapped[bool] = mapped_column(default=True)


class Login(db.Model):
    """What came from one call of /login; ``refresh_jti`` names the one refresh token that still works."""

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: uuid.uuid4().hex)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    user: Mapped[User] = relationship()
    refresh_jti: Mapped[str]
    ended: Mapped[bool] = mapped_column(default=False)


# Tokens


def new_jti() -> str:
    return uuid.uuid4().hex


def make_token(login: Login, kind: str, jti: str) -> str:
    lifetime = current_app.config[f"JWT_{kind.upper()}_TOKEN_EXPIRES"]
    claims = {
        "sub": str(login.user_id),
        "type": kind,
        "jti": jti,
        "exp": int(time.time()) + lifetime,
        "login": login.id,
    }
    return jwt.encode(claims, current_app.config["JWT_SECRET_KEY"], algorithm=ALGORITHM)


def make_pair(login: Login, refresh_jti: str) -> dict[str, str]:
    return {
        "access_token": make_token(login, "access", new_jti()),
        "refresh_token": make_token(login, "refresh", refresh_jti),
    }


def read_token(kind: str) -> dict[str, Any]:
    """The claims of the request's token, which is authentic, current and of this kind; 401 if there is none."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        abort(401)
    try:
        claims: dict[str, Any] = jwt.decode(
            sent.token,
            current_app.config["JWT_SECRET_KEY"],
            algorithms=[ALGORITHM],
            options={"require": ["sub", "type", "jti", "exp", "login"]},
        )
    except jwt.InvalidTokenError:
        abort(422, "the token is not valid")
    if claims["type"] != kind:
        abort(422, "the token is of the wrong type")
    return claims


def open_login(claims: dict[str, Any]) -> Login:
    """The login that a token belongs to, if it goes on; else 401."""
    login = db.session.get(Login, claims["login"])
    if login is None or login.ended or str(login.user_id) != claims["sub"]:
        abort(401)
    return login


def end_login(login: Login) -> None:
    login.ended = True
    db.session.commit()


def access_required(*, admin: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Lets a view run only with an acceptable access token; sets ``g.login`` and ``g.user``."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**kwargs: Any) -> Any:
            login = open_login(read_token("access"))
            if not login.user.active:
                abort(401)
            if admin and login.user.role != "admin":
                abort(403)
            g.login, g.user = login, login.user
            return view(**kwargs)

        return guarded

    return decorate


# Input and output


def body() -> dict[str, Any]:
    sent = request.get_json()
    if not isinstance(sent, dict):
        abort(422)
    return sent


def credentials() -> tuple[str, str]:
    sent = body()
    email, password = sent.get("email"), sent.get("password")
    if not isinstance(email, str) or not isinstance(password, str):
        abort(422, "email and password have to be strings")
    return email, password


def user_json(user: User) -> dict[str, Any]:
    return {"id": user.id, "email": user.email, "role": user.role, "active": user.active}


def error_json(error: HTTPException) -> Any:
    if error.response is not None or error.code is None:
        return error
    headers = {"WWW-Authenticate": 'Bearer realm="accounts"'} if error.code == 401 else {}
    return {"error": error.description}, error.code, headers


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///accounts.db",
        JWT_ACCESS_TOKEN_EXPIRES=900,
        JWT_REFRESH_TOKEN_EXPIRES=2_592_000,
        PASSWORD_HASH_METHOD="scrypt",
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_error_handler(401, error_json)
    app.register_error_handler(403, error_json)
    app.register_error_handler(404, error_json)
    app.register_error_handler(409, error_json)
    app.register_error_handler(422, error_json)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/users")
    def register() -> Any:
        email, password = credentials()
        user = User(
            email=email,
            password_hash=generate_password_hash(password, method=app.config["PASSWORD_HASH_METHOD"]),
            # decided by the database within the INSERT, so that two first users can't both be admins
            role=case((select(User.id).exists(), "member"), else_="admin"),
        )
        db.session.add(user)
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            abort(409, "the e-mail address is taken")
        return user_json(user), 201

    @app.post("/login")
    def login() -> Any:
        email, password = credentials()
        user = db.session.scalar(select(User).where(User.email == email))
        if user is None or not check_password_hash(user.password_hash, password) or not user.active:
            abort(401)
        new = Login(user_id=user.id, refresh_jti=new_jti())
        db.session.add(new)
        db.session.commit()
        return make_pair(new, new.refresh_jti)

    @app.post("/refresh")
    def refresh() -> Any:
        claims = read_token("refresh")
        login = open_login(claims)
        if not login.user.active:
            abort(401)
        # One statement decides who uses the token, also among several processes.
        successor = new_jti()
        rotated = db.session.execute(
            update(Login)
            .where(Login.id == login.id, Login.refresh_jti == claims["jti"], Login.ended.is_(False))
            .values(refresh_jti=successor)
        )
        db.session.commit()
        if rotated.rowcount != 1:
            end_login(login)
            abort(401)
        return make_pair(login, successor)

    @app.post("/logout")
    @access_required()
    def logout() -> Any:
        end_login(g.login)
        return "", 204

    @app.get("/me")
    @access_required()
    def me() -> Any:
        return user_json(g.user)

    @app.get("/users")
    @access_required(admin=True)
    def users() -> Any:
        return {"users": [user_json(user) for user in db.session.scalars(select(User).order_by(User.id))]}

    @app.patch(f"/users/<int(max={2**63 - 1}):user_id>")
    @access_required(admin=True)
    def change_user(user_id: int) -> Any:
        user = db.session.get(User, user_id)
        if user is None:
            abort(404)
        changes = {name: value for name, value in body().items() if name in ("role", "active")}
        if not changes:
            abort(422, "role or active is needed")
        if "role" in changes and changes["role"] not in ROLES:
            abort(422, "role has to be admin or member")
        if "active" in changes and not isinstance(changes["active"], bool):
            abort(422, "active has to be a boolean")
        for name, value in changes.items():
            setattr(user, name, value)
        db.session.commit()
        return user_json(user)

    with app.app_context():
        db.create_all()
    return app
