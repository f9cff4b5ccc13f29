"""Which of a number of origins are allowed with each pattern."""

from flask import Flask
from flask_cors import CORS

WANTED = ["https://a.shop.example", "https://my-2.shop.example"]
OTHERS = [
    "https://shop.example",
    "http://a.shop.example",
    "https://evilshop.example",
    "https://evil-shop.example",
    "https://xshop.example",
    "https://a.shop.example.evil.test",
    "https://a.b.shop.example",
    "https://evil.test",
    "null",
]


def allowed(pattern):
    app = Flask(__name__)
    CORS(app, origins=[pattern], supports_credentials=True)

    @app.get("/")
    def index():
        return {}

    client = app.test_client()

    def allows(origin):
        return client.get("/", headers={"Origin": origin}).headers.get("Access-Control-Allow-Origin") == origin

    return [origin for origin in WANTED + OTHERS if allows(origin)]


def open_end():
    return allowed(r"^https://[a-z0-9-]+\.shop\.example"), WANTED


def bare_dots():
    return allowed(r"https://[a-z0-9-]+.shop.example$"), WANTED


def anything():
    return allowed(r"https://.*shop\.example$"), WANTED


def both_schemes():
    return allowed(r"https?://[a-z0-9-]+\.shop\.example$"), WANTED


def glob():
    return allowed(r"https://*.shop.example"), WANTED


def closed():
    return allowed(r"https://[a-z0-9-]+\.shop\.example$"), WANTED
