"""What Prometheus reads: requests as this process counts them, and the queue as the store knows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from harness.services import queueing

if TYPE_CHECKING:
    from prometheus_client import Metric

registry = CollectorRegistry()
REQUESTS = Histogram(
    "assay_request_seconds", "Time that a request took", ["method", "endpoint", "status"], registry=registry
)


class Queue(Collector):
    """Counted in the store when it is asked for, since the workers are other processes, maybe on other machines."""

    def collect(self) -> Iterable[Metric]:
        figures = queueing.figures()
        jobs = GaugeMetricFamily("assay_jobs", "Jobs of the queue", labels=["kind", "state"])
        for (kind, state), count in figures.jobs.items():
            jobs.add_metric([kind.value, state.value], count)
        yield jobs
        yield GaugeMetricFamily("assay_oldest_job_seconds", "Age of the oldest job that waits", figures.oldest_seconds)
        yield CounterMetricFamily("assay_gradings", "Gradings that left a result", figures.gradings)
        yield CounterMetricFamily("assay_gradings_not_judged", "Of these, those without a score", figures.not_judged)
        yield CounterMetricFamily("assay_grading_seconds", "Time that they took together", figures.seconds)

    def describe(self) -> Iterable[Metric]:
        """Nothing before it is asked for: registering must not read the store."""
        return []


registry.register(Queue())
