"""Celery only wakes a worker: the database is the queue of record.

With ``REDIS_URL`` unset the broker is a folder under ``var/broker`` so that an
office can start with no service at all.
"""

import os

from celery import Celery

from liaison import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings")

broker.enter()
app = Celery("liaison")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
