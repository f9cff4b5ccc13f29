"""The accounts API with joserfc (which Authlib brings) and a row for every token that is still good.

Nothing is blocked here: a token is accepted while its row exists, and to revoke is to delete.
"""

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

from flask import Flask, Response, abort, current_app, json, request
from flask.views import MethodView
from flask_sqlalchemy import SQLAlchemy
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from marshmallow import Schema, ValidationError, fields, validate
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized, UnprocessableEntity
from werkzeug.security import check_password_hash, generate_password_hash

db = SQLAlchemy()


class Account(db.Model):
    id = db.mapped_column(db.Integer, primary_key=True)
    email = db.mapped_column(db.String(320), unique=True, nullable=False)
    secret = db.mapped_column(db.String(200), nullable=False)
    role = db.mapped_column(db.String(10), nullable=False, default="member")
    active = db.mapped_column(db.Boolean, nullable=False, default=True)


class Grant(db.Model):
    """One login."""

    id = db.mapped_column(db.Integer, primary_key=True)
    account_id = db.mapped_column(db.ForeignKey("account.id"), nullable=False)
    account = db.relationship("Account")
    tokens = db.relationship("StoredToken", back_populates="grant", cascade="all, delete-orphan")


class StoredToken(db.Model):
    jti = db.mapped_column(db.String(40), primary_key=True)
    kind = db.mapped_column(db.String(10), nullable=False)
    spent = db.mapped_column(db.Boolean, nullable=False, default=False)
    grant_id = db.mapped_column(db.ForeignKey("grant.id"), nullable=False)
    grant = db.relationship("Grant", back_populates="tokens")


class CredentialsSchema(Schema):
    email = fields.String(required=True, validate=validate.Length(min=1))
    password = fields.String(required=True, validate=validate.Length(min=1))


class ChangeSchema(Schema):
    role = fields.String(validate=validate.OneOf(["admin", "member"]))
    active = fields.Boolean(truthy={True}, falsy={False})


class AccountSchema(Schema):
    id = fields.Integer()
    email = fields.String()
    role = fields.String()
    active = fields.Boolean()


def denied(why):
    return Unauthorized(why, www_authenticate=WWWAuthenticate("bearer", {"realm": "accounts", "error": why}))


def hashed(password):
    return generate_password_hash(password, method=current_app.config.get("PASSWORD_HASH_METHOD", "scrypt"))


def key():
    return OctKey.import_key(current_app.config["JWT_SECRET_KEY"])


def stored_token(kind):
    """The row of the token that came with the request."""
    offered = request.authorization
    if offered is None or offered.type != "bearer" or not offered.token:
        raise denied("token-missing")
    try:
        token = jwt.decode(offered.token, key(), algorithms=["HS256"])
        jwt.JWTClaimsRegistry(
            exp={"essential": True},
            jti={"essential": True},
            type={"essential": True, "value": kind},
        ).validate(token.claims)
    except (JoseError, ValueError, TypeError) as error:
        raise denied("token-invalid") from error
    row = db.session.get(StoredToken, token.claims["jti"])
    if row is None or row.kind != kind or not row.grant.account.active:
        raise denied("token-revoked")
    return row


def fresh_pair(grant):
    answer = {}
    for kind in ("access", "refresh"):
        seconds = current_app.config[f"JWT_{kind.upper()}_TOKEN_EXPIRES"]
        expires = datetime.now(UTC) + timedelta(seconds=seconds)
        row = StoredToken(jti=token_urlsafe(24), kind=kind, grant=grant)
        claims = {"sub": str(grant.account.id), "type": kind, "jti": row.jti, "exp": int(expires.timestamp())}
        db.session.add(row)
        answer[f"{kind}_token"] = jwt.encode({"alg": "HS256"}, claims, key())
    db.session.commit()
    return answer


class LoginView(MethodView):
    def post(self):
        given = CredentialsSchema().load(request.get_json())
        account = Account.query.filter_by(email=given["email"]).one_or_none()
        known = account is not None and check_password_hash(account.secret, given["password"])
        if not known or not account.active:
            raise denied("credentials")
        grant = Grant(account=account)
        db.session.add(grant)
        return fresh_pair(grant)


class RefreshView(MethodView):
    def post(self):
        row = stored_token("refresh")
        if row.spent:
            db.session.delete(row.grant)
            db.session.commit()
            raise denied("token-reused")
        row.spent = True
        return fresh_pair(row.grant)


class LogoutView(MethodView):
    def post(self):
        db.session.delete(stored_token("access").grant)
        db.session.commit()
        return "", 204


class MeView(MethodView):
    def get(self):
        return AccountSchema().dump(stored_token("access").grant.account)


class AccountsView(MethodView):
    def post(self):
        given = CredentialsSchema().load(request.get_json())
        if Account.query.filter_by(email=given["email"]).count():
            abort(409)
        account = Account(email=given["email"], secret=hashed(given["password"]))
        if not Account.query.count():
            account.role = "admin"
        db.session.add(account)
        db.session.commit()
        return AccountSchema().dump(account), 201

    def get(self):
        self.only_admins()
        return {"users": AccountSchema(many=True).dump(Account.query.order_by(Account.id))}

    def patch(self, account_id):
        self.only_admins()
        wanted = ChangeSchema().load(request.get_json())
        if not wanted:
            raise UnprocessableEntity
        account = db.get_or_404(Account, account_id)
        for name, value in wanted.items():
            setattr(account, name, value)
        db.session.commit()
        return AccountSchema().dump(account)

    @staticmethod
    def only_admins():
        if stored_token("access").grant.account.role != "admin":
            abort(403)


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///accounts.db"
    app.config["JWT_ACCESS_TOKEN_EXPIRES"] = 900
    app.config["JWT_REFRESH_TOKEN_EXPIRES"] = 2592000
    app.config |= config or {}
    db.init_app(app)
    app.add_url_rule("/health", view_func=lambda: {"status": "ok"}, endpoint="health")
    app.add_url_rule("/login", view_func=LoginView.as_view("login"))
    app.add_url_rule("/refresh", view_func=RefreshView.as_view("refresh"))
    app.add_url_rule("/logout", view_func=LogoutView.as_view("logout"))
    app.add_url_rule("/me", view_func=MeView.as_view("me"))
    accounts = AccountsView.as_view("accounts")
    app.add_url_rule("/users", view_func=accounts, methods=["GET", "POST"])
    app.add_url_rule("/users/<int:account_id>", view_func=accounts, methods=["PATCH"])

    @app.errorhandler(ValidationError)
    def invalid(error):
        return Response(json.dumps(error.messages), 422, mimetype="application/json")

    with app.app_context():
        db.create_all()
    return app
