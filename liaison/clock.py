"""What time it is. Only views, tasks and commands ask; rules take ``on`` / ``now``."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Today's date in Asia/Shanghai."""
    return timezone.localdate()


def local_date(moment: datetime) -> date:
    """The Shanghai date of an aware moment; kept beside the moment in every dated row."""
    return timezone.localtime(moment).date()
