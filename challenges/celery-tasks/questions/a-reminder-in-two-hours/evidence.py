"""Whether a message that waits for its time is delivered again meanwhile: pairs (observed, claimed)."""

import subprocess
import tempfile
import time
from unittest import mock

import redis
from celery import Celery

HOUR = 60 * 60


def deliveries(visibility=None, options=None, task=None, **settings):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/redis.sock"
        server = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", path, "--save", ""], cwd=folder, stdout=subprocess.DEVNULL
        )
        try:
            probe = redis.Redis(unix_socket_path=path, retry=None)
            for _ in range(400):
                try:
                    probe.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.005)
            celery = Celery("shop", broker=f"redis+socket://{path}")
            celery.conf.update(settings)
            if visibility:
                celery.conf.broker_transport_options = {"visibility_timeout": visibility}

            @celery.task(name="remind", **(task or {}))
            def remind(appointment_id): ...

            remind.apply_async([7], countdown=2 * HOUR, **(options or {}))
            start, seen = time.time(), 0
            with celery.connection_for_read() as connection:
                channel = connection.default_channel
                for minutes in range(0, 120, 15):
                    with mock.patch("kombu.transport.redis.time", lambda minutes=minutes: start + minutes * 60 + 1):
                        for _ in range(2):
                            channel.qos._vrestore_count = 0
                            channel.qos.restore_visible()
                        while channel.basic_get("celery") is not None:
                            seen += 1
                for tag in list(channel.qos._delivered):
                    channel.qos.ack(tag)
            return seen
        finally:
            server.kill()
            server.wait()


def longer_visibility():
    return deliveries(visibility=4 * HOUR), 1


def shorter_visibility():
    return deliveries(visibility=10 * 60), 1


def acks_late():
    return deliveries(task_acks_late=True, task_reject_on_worker_lost=True), 1


def one_reserved():
    return deliveries(worker_prefetch_multiplier=1, worker_concurrency=1), 1


def expires():
    return deliveries(options={"expires": 3 * HOUR}), 1


def no_retries():
    return deliveries(task={"max_retries": 0}), 1
