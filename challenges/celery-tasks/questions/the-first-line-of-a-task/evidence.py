"""Which first line of a task raises: pairs (observed, claimed)."""

from celery import Celery, Task
from flask import Flask, current_app, g, render_template, request, url_for
from jinja2 import DictLoader


def outcome(line):
    app = Flask("shop")
    app.config["SERVER_NAME"] = "shop.test"
    app.jinja_loader = DictLoader({"mail.txt": "{{ order_id }}"})
    app.add_url_rule("/orders/<int:order_id>", "order", lambda order_id: "")

    class FlaskTask(Task):
        def __call__(self, *args, **kwargs):
            with app.app_context():
                return self.run(*args, **kwargs)

    celery = Celery("shop", task_cls=FlaskTask, broker="memory://")

    @celery.task
    def send_mail(order_id):
        line(order_id)

    return send_mail.apply([7]).state


def remote_address():
    return outcome(lambda order_id: request.remote_addr), "FAILURE"


def config():
    return outcome(lambda order_id: current_app.config["SERVER_NAME"]), "FAILURE"


def address():
    return outcome(lambda order_id: url_for("order", order_id=order_id, _external=True)), "FAILURE"


def set_g():
    return outcome(lambda order_id: setattr(g, "order_id", order_id)), "FAILURE"


def template():
    return outcome(lambda order_id: render_template("mail.txt", order_id=order_id)), "FAILURE"


def log():
    return outcome(lambda order_id: current_app.logger.info("mail for order %s", order_id)), "FAILURE"
