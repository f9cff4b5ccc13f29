"""What the worker runs: ``celery --app cards.worker worker``."""

from cards import create_app

celery = create_app().extensions["celery"]
