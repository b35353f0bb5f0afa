"""The house: settings, and the tools every app uses. Imports no app."""

from .celery import app as celery_app

__all__ = ["celery_app"]
