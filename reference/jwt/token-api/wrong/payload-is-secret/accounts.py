"""The accounts API with PyJWT and SQLAlchemy Core: one module, no extension."""

import time
import uuid
from functools import wraps

import jwt
import sqlalchemy as sa
from flask import Flask, abort, current_app, g, jsonify, make_response, request
from werkzeug.security import check_password_hash, generate_password_hash

metadata = sa.MetaData()
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("email", sa.String, nullable=False, unique=True),
    sa.Column("password", sa.String, nullable=False),
    sa.Column("role", sa.String, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
)
used_refresh_tokens = sa.Table("used_refresh_tokens", metadata, sa.Column("jti", sa.String, primary_key=True))
ended_families = sa.Table("ended_families", metadata, sa.Column("family", sa.String, primary_key=True))


def unauthorized(message):
    response = make_response(jsonify(message=message), 401)
    response.headers["WWW-Authenticate"] = 'Bearer realm="accounts"'
    abort(response)


def issue_pair(user, family):
    now = int(time.time())
    pair = {}
    for kind in ("access", "refresh"):
        claims = {
            "sub": str(user.id),
            "email": user.email,
            "type": kind,
            "family": family,
            "jti": uuid.uuid4().hex,
            "iat": now,
            "exp": now + current_app.config[f"JWT_{kind.upper()}_TOKEN_EXPIRES"],
        }
        pair[f"{kind}_token"] = jwt.encode(claims, current_app.config["JWT_SECRET_KEY"], algorithm="HS256")
    return pair


def read_token(kind):
    """The claims of the request's token and its user; ends the request unless both are good."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        unauthorized("a bearer token is needed")
    try:
        claims = jwt.decode(
            token,
            current_app.config["JWT_SECRET_KEY"],
            algorithms=["HS256"],
            options={"require": ["exp", "sub", "jti", "type", "family"]},
        )
    except jwt.InvalidTokenError as error:
        unauthorized(str(error))
    if claims["type"] != kind:
        unauthorized(f"this is no {kind} token")
    ended = g.db.execute(sa.select(ended_families).where(ended_families.c.family == claims["family"])).first()
    if ended:
        unauthorized("this login has ended")
    user = g.db.execute(sa.select(users).where(users.c.id == int(claims["sub"]))).first()
    if user is None or not user.active:
        unauthorized("no such user")
    return claims, user


def needs_token(kind="access", role=None):
    def decorate(view):
        @wraps(view)
        def wrapped(**arguments):
            g.claims, g.user = read_token(kind)
            if role and g.user.role != role:
                abort(403)
            return view(**arguments)

        return wrapped

    return decorate


def end_family(family):
    g.db.execute(sa.insert(ended_families).prefix_with("OR IGNORE").values(family=family))
    g.db.commit()


def public(user):
    return {"id": user.id, "email": user.email, "role": user.role, "active": bool(user.active)}


def posted_credentials():
    body = request.get_json()
    if not isinstance(body, dict):
        abort(422)
    values = [body.get("email"), body.get("password")]
    if not all(isinstance(value, str) and value for value in values):
        abort(422)
    return values


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(
        SQLALCHEMY_DATABASE_URI="sqlite:///accounts.sqlite",
        JWT_ACCESS_TOKEN_EXPIRES=15 * 60,
        JWT_REFRESH_TOKEN_EXPIRES=30 * 24 * 3600,
        PASSWORD_HASH_METHOD="scrypt",
    )
    app.config.update(config or {})
    engine = sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    metadata.create_all(engine)

    @app.before_request
    def connect():
        g.db = engine.connect()

    @app.teardown_request
    def disconnect(_error):
        if "db" in g:
            g.db.close()

    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.post("/users")
    def register():
        email, password = posted_credentials()
        anybody = g.db.execute(sa.select(users.c.id).limit(1)).first()
        try:
            g.db.execute(
                sa.insert(users).values(
                    email=email,
                    password=generate_password_hash(password, app.config["PASSWORD_HASH_METHOD"]),
                    role="member" if anybody else "admin",
                    active=True,
                )
            )
            g.db.commit()
        except sa.exc.IntegrityError:
            g.db.rollback()
            abort(409)
        return public(g.db.execute(sa.select(users).where(users.c.email == email)).one()), 201

    @app.post("/login")
    def login():
        email, password = posted_credentials()
        user = g.db.execute(sa.select(users).where(users.c.email == email)).first()
        if not (user and check_password_hash(user.password, password) and user.active):
            unauthorized("wrong credentials")
        return issue_pair(user, uuid.uuid4().hex)

    @app.post("/refresh")
    @needs_token("refresh")
    def refresh():
        try:
            g.db.execute(sa.insert(used_refresh_tokens).values(jti=g.claims["jti"]))
            g.db.commit()
        except sa.exc.IntegrityError:
            g.db.rollback()
            end_family(g.claims["family"])
            unauthorized("this refresh token was used before")
        return issue_pair(g.user, g.claims["family"])

    @app.post("/logout")
    @needs_token()
    def logout():
        end_family(g.claims["family"])
        return "", 204

    @app.get("/me")
    @needs_token()
    def me():
        return public(g.user)

    @app.get("/users")
    @needs_token(role="admin")
    def list_users():
        return {"users": [public(user) for user in g.db.execute(sa.select(users).order_by(users.c.id))]}

    @app.patch("/users/<int:user_id>")
    @needs_token(role="admin")
    def change(user_id):
        body = request.get_json()
        if not isinstance(body, dict):
            abort(422)
        wanted = {name: body[name] for name in ("role", "active") if name in body}
        if not wanted or wanted.get("role", "admin") not in ("admin", "member"):
            abort(422)
        if not isinstance(wanted.get("active", True), bool):
            abort(422)
        g.db.execute(sa.update(users).where(users.c.id == user_id).values(**wanted))
        g.db.commit()
        user = g.db.execute(sa.select(users).where(users.c.id == user_id)).first()
        return public(user) if user else abort(404)

    return app
