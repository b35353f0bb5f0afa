"""What happens to definitions: a row from a day to come on. Past figures keep theirs."""

from decimal import Decimal

from django.db import transaction

from liaison import audit
from liaison.errors import NotAllowed

from .models import ReportPolicy


@transaction.atomic
def define(*, by, township, on, since, month_first_day, weight_basically, basis="") -> ReportPolicy:
    """统计口径 of a township from a day on; a row for that same day still to come is replaced.

    Args:
        on: today; ``since`` must lie after it, so that no figure already read changes.
        month_first_day: 1 to 28. weight_basically: 0 to 1.
    Raises:
        NotAllowed: not the office's clerk, or a value out of its range.
    """
    if (
        not by.has_perm("reports.define")
        or township.pk not in by.village_scope("reports.define").townships
    ):
        raise NotAllowed("您的岗位不设统计口径，请联系镇驻点办。")
    if since <= on:
        raise NotAllowed("启用日期须晚于今天，已有的数字不再变动。")
    if not 1 <= month_first_day <= 28:
        raise NotAllowed("统计月起始日请填1至28。")
    if not 0 <= weight_basically <= 1:
        raise NotAllowed("基本满意权重请填0至1，如0.9。")
    earlier = ReportPolicy.objects.filter(township=township, since=since).first()
    row = earlier or ReportPolicy(township=township, since=since, version=0)
    before = _told(earlier)
    row.month_first_day, row.weight_basically, row.basis = month_first_day, weight_basically, basis
    row.version += 1
    row.save()
    audit.record(
        by=by,
        action="设定统计口径",
        subject=row,
        before=before,
        after=_told(row),
        township_id=township.pk,
    )
    return row


def _told(row) -> dict:
    if row is None:
        return {}
    weight = f"{Decimal(row.weight_basically).normalize():f}"
    return {"统计月起始日": row.month_first_day, "基本满意权重": weight, "依据": row.basis}
