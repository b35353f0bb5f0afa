"""Setting from what on a level of 预警 is suggested; levels already set stay."""

from django.db import transaction

from grievances.models import AlertBand
from liaison import audit, versions
from liaison.errors import NotAllowed

from .policies import require_own

FACTS = ("by", "least", "trend", "level", "is_active")


@transaction.atomic
def add_band(*, by, township, facts) -> AlertBand:
    """A township's own band, in place of the general ones of its level and kind.

    Args:
        facts: those of FACTS (one of them is called ``by``).
    """
    require_own(by, township)
    band = AlertBand.objects.create(township=township, **facts)
    audit.record(by=by, action="新增预警标准", subject=band, after={"标准": str(band)})
    return band


@transaction.atomic
def change_band(*, band, by, version, facts) -> AlertBand:
    """Change a township's own band.

    Raises:
        Stale: somebody changed it in between. NotAllowed: a general band, or another township's.
    """
    try:
        band = versions.claim(AlertBand.objects.visible_to(by), band.pk, version)
    except AlertBand.DoesNotExist as gone:
        raise NotAllowed("没有这条预警标准。") from gone
    require_own(by, band.township)
    before = _told(band)
    for name, value in facts.items():
        setattr(band, name, value)
    band.version += 1
    band.save()
    audit.record(by=by, action="修改预警标准", subject=band, before=before, after=_told(band))
    return band


def _told(band):
    return {"标准": str(band), "在用": "是" if band.is_active else "否"}
