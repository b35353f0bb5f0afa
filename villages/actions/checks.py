"""What every verb of the registry asks first: whose work, which place, which day."""

from liaison.clock import local_date
from liaison.errors import NotAllowed
from villages.models import Household, Resident

EDIT = "villages.edit_households"
MERGE = "villages.merge"
NO_WORK = "您的岗位不办理这项工作，如有需要请联系系统管理员。"
NO_PLACE = "这一户不在您联系的范围内，不能办理。"
EARLIEST = 1900


def require(by, permission, queryset, row):
    """The actor may do it, and the row is of his territory.

    Raises:
        NotAllowed: one of the two is missing.
    """
    if not by.has_perm(permission):
        raise NotAllowed(NO_WORK)
    if not queryset.visible_to(by, permission).filter(pk=row.pk).exists():
        raise NotAllowed(NO_PLACE)


def require_household(by, household, permission=EDIT):
    """The actor may do it in this household. Raises NotAllowed."""
    require(by, permission, Household.objects, household)


def require_resident(by, resident, permission=EDIT):
    """The actor may do it with this person. Raises NotAllowed."""
    require(by, permission, Resident.objects, resident)


def require_day(on, now, people=()):
    """The day something happened lies between the births of those it happened to and today.

    Raises:
        NotAllowed: it does not.
    """
    if on > local_date(now):
        raise NotAllowed("日期不能晚于今天，请核对后再提交。")
    if on.year < EARLIEST:
        raise NotAllowed("日期太早，请核对后再提交。")
    for person in people:
        if person.birth_date and on < person.birth_date:
            born = person.birth_date
            raise NotAllowed(f"日期早于{person.name}的出生日期（{born}），请核对后再提交。")
