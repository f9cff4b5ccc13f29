"""(Eve stays out of Ada's account, Ben finds his again) for each rule."""

from flask import Flask, request

ISSUER = "https://idp.example"
RIGHT = (True, True)


def outcome(find):
    """``find(accounts, claims)`` gives the account or None; a login is a request with the claims."""
    app = Flask(__name__)
    accounts = [{"name": "ada", "email": "ada@example.com", "iss": None, "sub": None}]

    @app.post("/login")
    def login():
        claims = request.get_json()
        account = find(accounts, claims)
        if account is None:
            account = {"name": f"new-{len(accounts)}", **claims}
            accounts.append(account)
        return {"account": account["name"]}

    def come(sub, email, verified):
        claims = {"iss": ISSUER, "sub": sub, "email": email, "email_verified": verified}
        return app.test_client().post("/login", json=claims).json["account"]

    eve = come("eve-1", "ada@example.com", verified=False), come("eve-2", "Ada@example.com", verified=False)
    ben = come("ben-1", "ben@example.com", verified=True), come("ben-1", "ben@new.example", verified=True)
    return "ada" not in eve, ben[0] == ben[1]


def first(accounts, matches):
    return next((account for account in accounts if matches(account)), None)


def by_email():
    return outcome(lambda accounts, claims: first(accounts, lambda one: one["email"] == claims["email"])), RIGHT


def by_verified_email():
    def find(accounts, claims):
        return first(accounts, lambda one: claims["email_verified"] and one["email"] == claims["email"])

    return outcome(find), RIGHT


def by_subject():
    def find(accounts, claims):
        return first(accounts, lambda one: (one["iss"], one["sub"]) == (claims["iss"], claims["sub"]))

    return outcome(find), RIGHT


def by_either():
    def find(accounts, claims):
        known = first(accounts, lambda one: one["sub"] == claims["sub"])
        return known or first(accounts, lambda one: one["email"] == claims["email"])

    return outcome(find), RIGHT


def by_email_and_subject():
    def find(accounts, claims):
        return first(accounts, lambda one: (one["email"], one["sub"]) == (claims["email"], claims["sub"]))

    return outcome(find), RIGHT


def by_case_folded_email():
    def find(accounts, claims):
        return first(accounts, lambda one: one["email"].lower() == claims["email"].lower())

    return outcome(find), RIGHT
