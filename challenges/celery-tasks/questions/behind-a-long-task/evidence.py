"""How many messages a worker holds besides the one that it runs: pairs (observed, claimed)."""

from celery import Celery


def reserved(**settings):
    celery = Celery("shop", broker="memory://")
    celery.conf.update(settings, worker_concurrency=1)

    @celery.task(name="job")
    def job(): ...

    for _ in range(12):
        job.delay()
    held = []
    with celery.connection_for_read() as connection:
        channel = connection.default_channel

        def receive(body, message):
            held.append(message)
            if len(held) == 1 and not job.acks_late:
                message.ack()

        with celery.amqp.TaskConsumer(channel, callbacks=[receive]) as consumer:
            count = celery.conf.worker_prefetch_multiplier * celery.conf.worker_concurrency
            consumer.qos(prefetch_count=count)
            while True:
                try:
                    connection.drain_events(timeout=0.05)
                except TimeoutError:
                    break
        for message in held:
            if not message.acknowledged:
                message.ack()
    return len(held) - 1


def late_and_one():
    return reserved(worker_prefetch_multiplier=1, task_acks_late=True), 0


def one():
    return reserved(worker_prefetch_multiplier=1, task_acks_late=False), 0


def late():
    return reserved(task_acks_late=True, worker_max_tasks_per_child=1), 0


def zero():
    return reserved(worker_prefetch_multiplier=0, task_acks_late=False), 0


def late_zero():
    return reserved(worker_prefetch_multiplier=0, task_acks_late=True), 0


def routed():
    return reserved(task_default_priority=0), 0
