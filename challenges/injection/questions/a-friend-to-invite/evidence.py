"""Whether the mail is handed over for both of them: pairs of yes or no."""

import smtplib
from email.message import EmailMessage
from unittest import mock

from flask import Flask, request

BOTH = {"ann@a.example", "bob@b.example"}


class Server:
    """In place of the mail server's side of the connection: takes down the recipients of each mail."""

    def __init__(self):
        self.recipients = []


def reaches_both(friend):
    server = Server()

    class SMTP(smtplib.SMTP):
        def __init__(self, host):
            super().__init__()  # without a host it doesn't connect

        def ehlo_or_helo_if_needed(self):
            pass

        def sendmail(self, sender, recipients, *more, **options):
            server.recipients.extend(recipients)

        def __exit__(self, *error):
            pass

    app = Flask(__name__)

    @app.post("/invite")
    def invite():
        message = EmailMessage()
        message["From"] = "shop@shop.example"
        message["To"] = request.form["friend"]
        message["Subject"] = "Have a look"
        message.set_content("It is nice here.")
        with smtplib.SMTP("localhost") as smtp:
            smtp.send_message(message)
        return "", 204

    app.logger.disabled = True
    with mock.patch("smtplib.SMTP", SMTP):
        app.test_client().post("/invite", data={"friend": friend})
    return set(server.recipients) >= BOTH


def line_break():
    return reaches_both("ann@a.example\r\nBcc: bob@b.example") or reaches_both(
        "ann@a.example\nBcc: bob@b.example"
    ), True


def encoded_break():
    return reaches_both("ann@a.example%0D%0ABcc: bob@b.example"), True


def semicolon():
    return reaches_both("ann@a.example; bob@b.example"), True


def comma():
    return reaches_both("ann@a.example, bob@b.example"), True


def name_and_address():
    return reaches_both('"ann@a.example" <bob@b.example>'), True


def blank():
    return reaches_both("ann@a.example bob@b.example"), True
