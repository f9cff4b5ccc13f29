"""The link in the mail: the token replaced by an ellipsis; the status where there is no mail."""

from flask import Flask, request, url_for


def mailed():
    app = Flask(__name__)
    mails = []

    @app.get("/reset/<token>")
    def reset(token):
        return token

    @app.post("/forgot")
    def forgot():
        token = "TOKEN"
        link = url_for("reset", token=token, _external=True)
        mails.append(link)
        return f"A mail to {request.form['email']} is on its way."

    answer = app.test_client().post(
        "/forgot",
        base_url="http://203.0.113.7",
        headers={"Host": "evil.example"},
        data={"email": "ada@mail.example"},
    )
    return mails[0].replace("TOKEN", "…") if mails else answer.status_code


def address():
    return mailed(), "http://203.0.113.7/reset/…"


def own_name():
    return mailed(), "https://shop.example/reset/…"


def localhost():
    return mailed(), "http://localhost/reset/…"


def refused():
    return mailed(), 400


def header():
    return mailed(), "http://evil.example/reset/…"


def no_name():
    return mailed(), 500
