"""Verbs on 村民代表: appointed, ended. Nobody is deleted; his households go to a successor or stand open."""

from django.db import transaction
from django.db.models import Q

from cadres.linking import end_links
from cadres.models import Representative
from cadres.roles import Role
from liaison import audit
from liaison.errors import NotAllowed
from liaison.versions import claim

from .links import NOT_TO_COME, link_households, own_village, record_ends


@transaction.atomic
def appoint_representative(
    *, by, village, name, since, on, group=None, resident=None, user=None
) -> Representative:
    """Somebody of a village keeps in touch with households from a day on.

    Args:
        group: his own 组. resident: the person on the roll, where known.
        user: his account, if he signs in: a 村联络员 then sees his households.
    Raises:
        NotAllowed: not his to do, of another village, in office already, or a day to come.
    """
    village = own_village(by, village)
    if since > on:
        raise NotAllowed(NOT_TO_COME)
    _require_of_village(village, group, resident, user)
    _require_new(village, name, group, resident, user)
    row = Representative.objects.create(
        village=village, group=group, name=name, resident=resident, user=user, since=since
    )
    _record(by, "新增村民代表", row, after={"村": str(village), "起任日期": str(since)})
    return row


@transaction.atomic
def end_representative(*, by, representative, until, on, successor=None, version=None):
    """He leaves on a day; his households go to a successor that day, or are linked to nobody.

    Returns:
        The Representative.
    Raises:
        NotAllowed: not his to do, ended already, a day to come or before the beginning, or a successor
            of another village.
        Stale: changed by somebody else since the page was opened.
    """
    own_village(by, representative.village)
    row = claim(Representative, representative.pk, version)
    _require_may_end(row, until, on)
    open_links = list(row.household_links.filter(until=None).select_related("household"))
    living = [link.household for link in open_links if link.household.residence != "cancelled"]
    if successor is not None and successor.pk == row.pk:
        raise NotAllowed("请选择另一位接手的代表。")
    if successor is not None and living:
        link_households(by=by, households=living, who=successor, since=until, on=on)
    record_ends(by, end_links(open_links, until), until)
    row.until = until
    row.version += 1
    row.save(update_fields=["until", "version"])
    after = {"离任日期": str(until), "联系户": f"{len(open_links)}户"}
    if successor is not None:
        after["移交给"] = str(successor)
    _record(by, "村民代表离任", row, after=after)
    return row


def _require_of_village(village, group, resident, user):
    if group is not None and group.village_id != village.pk:
        raise NotAllowed(f"所选的组不属于{village}，请重新选择。")
    if resident is not None and (resident.village_id != village.pk or resident.left_on):
        raise NotAllowed(f"{resident}不在{village}的在册居民中，请核对。")
    if user is not None and (user.township_id != village.township_id or not user.is_active):
        raise NotAllowed("所选账号不属于本乡镇或已停用，请重新选择。")
    if user is not None and Role.CONTACT not in user.roles:
        raise NotAllowed(f"{user}没有担任村联络员，请先由系统管理员任命，再关联账号。")


def _require_new(village, name, group, resident, user):
    """Not in office yet; the village is locked, so of two at once the second one sees the first."""
    serving = Representative.objects.filter(until=None)
    if resident is not None and serving.filter(resident=resident).exists():
        raise NotAllowed(f"{resident}已是在任的村民代表。")
    if user is not None and serving.filter(user=user).exists():
        raise NotAllowed(f"账号{user}已关联一位在任的村民代表。")
    namesakes = serving.filter(village=village, name=name)
    if resident is not None:
        namesakes = namesakes.filter(resident=None)
    if group is not None:
        namesakes = namesakes.filter(Q(group=group) | Q(group=None))
    if namesakes.exists():
        raise NotAllowed(f"{village}已有在任的村民代表{name}；确为同名的另一人，请写明组和户编号。")


def _require_may_end(row, until, on):
    if row.until:
        raise NotAllowed(f"{row}已于{row.until}离任。")
    if until > on:
        raise NotAllowed(NOT_TO_COME)
    if until < row.since:
        raise NotAllowed(f"离任日期不能早于起任日期{row.since}。")


def _record(by, action, row, after):
    township = row.village.township_id
    audit.record(by=by, action=action, subject=row, after=after, township_id=township)
