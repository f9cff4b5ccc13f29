"""What the worker runs: ``celery --app cards.worker worker``."""

import os

from celery import Celery

celery = Celery("cards", broker=os.environ.get("REDIS_URL"))
