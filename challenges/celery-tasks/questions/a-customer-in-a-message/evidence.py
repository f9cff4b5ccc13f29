"""What is sent for a model object: pairs (observed, claimed)."""

from celery import Celery, shared_task
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from kombu.exceptions import EncodeError
from sqlalchemy.orm import Mapped, mapped_column


def sent():
    """The task's argument by its kind, or the error that the view raises."""
    app = Flask("shop")
    app.config.update(SQLALCHEMY_DATABASE_URI="sqlite://", TESTING=True)
    db = SQLAlchemy(app)
    celery = Celery("shop", broker="memory://")
    celery.set_default()

    class Customer(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    @shared_task
    def send_welcome(customer): ...

    @app.post("/welcome/<int:customer_id>")
    def welcome(customer_id):
        customer = db.session.get(Customer, customer_id)
        send_welcome.delay(customer)
        return "", 202

    with app.app_context():
        db.create_all()
        db.session.add(Customer(id=7, name="Ada"))
        db.session.commit()
    try:
        app.test_client().post("/welcome/7")
    except EncodeError:
        return EncodeError
    with celery.connection_for_read() as connection:
        argument = connection.default_channel.basic_get("celery").payload[0][0]
    return type(argument)


def encode_error():
    return sent(), EncodeError


def pickled_copy():
    return sent(), "Customer"


def dictionary():
    return sent(), dict


def primary_key():
    return sent(), int


def content_disallowed():
    return sent(), "pickle"


def its_repr():
    return sent(), str
