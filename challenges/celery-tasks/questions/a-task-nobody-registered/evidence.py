"""Whether the name in the message is known to the worker: pairs (observed, claimed)."""

import sys
import tempfile
from pathlib import Path

from celery import Celery, Task
from flask import Flask


def known(decorator="@shared_task", parameters="", prepare=lambda celery: None, send=None, **config):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "shop").mkdir()
        Path(folder, "shop", "__init__.py").touch()
        Path(folder, "shop", "tasks.py").write_text(
            f"from celery import shared_task\n\n{decorator}\ndef make_report({parameters}): ...\n"
        )
        sys.path.insert(0, folder)
        app = Flask("shop")

        class FlaskTask(Task):
            def __call__(self, *args, **kwargs):
                with app.app_context():
                    return self.run(*args, **kwargs)

        celery = Celery(app.name, task_cls=FlaskTask)
        celery.config_from_object({"broker_url": "memory://", **config})
        celery.set_default()
        prepare(celery)
        celery.loader.import_default_modules()
        registered = set(celery.tasks)

        @app.post("/reports")
        def order_report():
            if send:
                send(celery)
                return "", 202
            from shop.tasks import make_report

            make_report.delay()
            return "", 202

        assert app.test_client().post("/reports").status_code == 202
        with celery.connection_for_read() as connection:
            message = connection.default_channel.basic_get("celery")
        return message.headers["task"] in registered


def include():
    return known(include=["shop.tasks"]), True


def explicit_name():
    return known('@shared_task(name="make_report")'), True


def autodiscover():
    return known(prepare=lambda celery: celery.autodiscover_tasks()), True


def send_task():
    return known(send=lambda celery: celery.send_task("shop.tasks.make_report")), True


def route():
    return known(task_routes={"shop.tasks.*": {"queue": "celery"}}), True


def bound():
    return known("@shared_task(bind=True)", "self"), True
