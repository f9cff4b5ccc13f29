"""How the provider's request is answered, and whether another view with the form still wants a token."""

import secrets

from flask import Flask, abort, request
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

CLAIMED = (204, 400, 422)  # every option claims: the hook answers 204, and the two other views as before


def answers(make=lambda form: form(), validate=lambda form: form.validate(), outermost=False, exempt_form=False):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    csrf = CSRFProtect(app)

    class PaymentForm(FlaskForm):
        order = StringField(validators=[InputRequired()])
        signature = StringField(validators=[InputRequired()])

    if exempt_form:
        csrf.exempt(PaymentForm)

    def payment():
        form = make(PaymentForm)
        if not validate(form):
            abort(422)
        if form.signature.data != "right":
            abort(403)
        return "", 204

    if outermost:
        csrf.exempt(app.post("/hooks/payment")(payment))
    else:
        app.post("/hooks/payment")(csrf.exempt(payment))

    @app.post("/protected")
    def protected():
        return "", 204

    @app.post("/other-hook")
    @csrf.exempt
    def other_hook():
        return ("", 204) if PaymentForm().validate() else ("", 422)

    client = app.test_client(use_cookies=False)
    fields = {"order": "7", "signature": "right"}
    return tuple(client.post(path, data=fields).status_code for path in ("/hooks/payment", "/protected", "/other-hook"))


def meta():
    return answers(make=lambda form: form(meta={"csrf": False})), CLAIMED


def decorator_order():
    return answers(outermost=True), CLAIMED


def exempt_form():
    return answers(exempt_form=True), CLAIMED


def on_submit():
    return answers(validate=lambda form: form.validate_on_submit()), CLAIMED


def csrf_enabled():
    return answers(make=lambda form: form(csrf_enabled=False)), CLAIMED


def formdata():
    return answers(make=lambda form: form(formdata=request.form)), CLAIMED
