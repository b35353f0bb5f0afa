"""A village contact or 村民代表 tells what he heard in one of his households: a visit, and nothing wider."""

from django.db import transaction

from liaison import clock
from liaison.errors import NotAllowed
from villages.models import Household
from visits.models import Visit

from ._shared import note
from .visits import SAYS, _told

PERMISSION = "visits.report"
# How he meets a neighbour. He receives nobody in the office's name, and is sent to nobody with a matter.
WAYS = (Visit.Mode.HOME, Visit.Mode.PHONE, Visit.Mode.EVENING, Visit.Mode.OTHER)


@transaction.atomic
def report_heard(*, by, now, household, occurred_on, mode, said="", nothing_asked=False) -> Visit:
    """Write down what somebody heard in a household linked to him.

    Args:
        occurred_on: the day he heard it; any day up to today.
        mode: one of WAYS.
    Raises:
        NotAllowed: not a contact's post, a household not linked to him, a day to come, another way.
    """
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不在这里报告情况，请登记走访。")
    if not Household.objects.visible_to(by, PERMISSION).filter(pk=household.pk).exists():
        raise NotAllowed("这一户没有联系给您，请联系镇驻点办核对您的联系户。")
    if occurred_on > clock.local_date(now):
        raise NotAllowed("日期在今天以后，请改成实际了解情况的日期。")
    if mode not in WAYS:
        raise NotAllowed("请选择是怎么了解到的。")
    visit = Visit(
        township_id=household.township_id, village=household.village, household=household,
        mode=mode, persons=1, said=said.strip(), nothing_asked=nothing_asked,
        occurred_on=occurred_on, entered_at=now, entered_by=by,
    )  # fmt: skip
    visit.save()
    note(visit, by, "报告情况", {}, _told(visit, SAYS))
    return visit
