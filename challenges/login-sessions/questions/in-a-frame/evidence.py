"""Whether the session's Set-Cookie header has what a frame of another site needs, by MDN, and is for this host."""

import secrets

from flask import Flask, session

NEEDED = {"Secure", "SameSite=None", "Partitioned"}


def works(**config):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(), **config)

    @app.post("/login")
    def login():
        session["user_id"] = 7
        return "", 204

    header = app.test_client().post("/login", base_url="https://desk.example").headers["Set-Cookie"]
    attributes = set(header.split("; ")[1:])
    domains = {attribute for attribute in attributes if attribute.startswith("Domain=")}
    return attributes >= NEEDED and domains <= {"Domain=desk.example"}


def none_and_secure():
    return works(SESSION_COOKIE_SAMESITE="None", SESSION_COOKIE_SECURE=True), True


def lax_and_partitioned():
    return works(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_PARTITIONED=True), True


def domain_of_the_page():
    return works(SESSION_COOKIE_DOMAIN="shop.example", SESSION_COOKIE_SECURE=True), True


def none_and_partitioned():
    return works(SESSION_COOKIE_SAMESITE="None", SESSION_COOKIE_PARTITIONED=True), True


def own_domain():
    return works(SESSION_COOKIE_DOMAIN="desk.example", SESSION_COOKIE_SECURE=True), True


def strict_and_partitioned():
    return works(SESSION_COOKIE_SAMESITE="Strict", SESSION_COOKIE_PARTITIONED=True), True
