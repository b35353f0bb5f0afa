"""What is done with 公示: printed, ticked as posted, the tick taken back; how many days ahead."""

from django.db import transaction

from liaison import audit, clock
from liaison.dates import month_day
from liaison.errors import NotAllowed
from villages.models import Township
from visits.models import LiaisonSession, NoticePolicy, PublicNotice
from visits.posting import PERMISSION, days_to_tell, hang_notices

MANAGE = "visits.manage"
MOST_DAYS = 30
NOT_MINE = "所选的驻点日有的不在您的工作范围内，或已经过去，请重新选择。"


@transaction.atomic
def mark_posted(*, by, sessions, now) -> list[PublicNotice]:
    """The notices of some days hang on their boards. Saying it again changes nothing.

    Args:
        sessions: {session id: its version as the page showed it}: what was posted is what was shown.
    Returns:
        The notices written down now.
    Raises:
        NotAllowed: not his to do, nothing ticked, a foreign or past day, or one changed meanwhile.
    """
    days = _days(by, sessions, now)
    changed = [day for day in days if day.version != sessions[day.pk]]
    if changed:
        names = "、".join(f"{day.village}{month_day(day.on)}" for day in changed)
        raise NotAllowed(f"{names}的安排刚有变动，请重新打印这几天的公示后再登记张贴。")
    return [_put_up(day, by, now) for day in days if not (day.notice and day.notice.says(day))]


def _put_up(day, by, now):
    before = day.notice
    if before:
        before.ended_at = now
        before.save(update_fields=["ended_at"])
    notice = PublicNotice.objects.create(
        session=day, on=day.on, starts_at=day.starts_at, ends_at=day.ends_at, place=day.place,
        called_off=day.status == LiaisonSession.Status.CANCELLED,
        posted_at=now, posted_by=by, replaces=before,
    )  # fmt: skip
    _note(by, "登记公示已张贴", notice)
    return notice


@transaction.atomic
def take_back(*, by, notice, now) -> None:
    """The tick was a slip: the day is due again, and what was replaced hangs again.

    Raises:
        NotAllowed: not his to do, a past day, or taken back or replaced already.
    """
    _days(by, {notice.session_id: None}, now)
    notice = PublicNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.ended_at:
        raise NotAllowed("这条登记已经撤回或换成了新的公示，请刷新页面。")
    notice.ended_at = now
    notice.save(update_fields=["ended_at"])
    if notice.replaces:
        notice.replaces.ended_at = None
        notice.replaces.save(update_fields=["ended_at"])
    _note(by, "撤回公示张贴登记", notice)


@transaction.atomic
def print_notices(*, by, sessions, way, now) -> None:
    """A batch of notices leaves the house: one audit line.

    Args:
        sessions: ids. way: how, in words.
    Raises:
        NotAllowed: not his to do, nothing chosen, or a foreign or past day.
    """
    days = _days(by, dict.fromkeys(sessions), now)
    told = "、".join(f"{day.village}{day.on:%m-%d}" for day in days)
    audit.record(
        by=by, action="打印驻点公示", label=f"{days[0].township}{len(days)}份",
        after={"驻点日": told, "份数": len(days), "方式": way}, township_id=days[0].township_id,
    )  # fmt: skip


@transaction.atomic
def set_notice_policy(*, by, township, days, days_moved, since, on) -> NoticePolicy:
    """How many calendar days ahead the village is told, from a day on; a row for that day is replaced.

    Args:
        days, days_moved: 1 to 30. since: today or later.
    Raises:
        NotAllowed: not his to do, too many or too few days, or a day that is past.
    """
    if not by.has_perm(MANAGE) or township not in by.townships_for(MANAGE):
        raise NotAllowed("公示提前天数由本镇驻点办设定，请联系他们。")
    if not (1 <= days <= MOST_DAYS and 1 <= days_moved <= MOST_DAYS):
        raise NotAllowed(f"提前天数请填1至{MOST_DAYS}。")
    if since < on:
        raise NotAllowed("启用日期不能早于今天，过去的标准不再变动。")
    Township.objects.select_for_update(of=("self",), no_key=True).get(pk=township.pk)
    row = NoticePolicy.objects.filter(township=township, since=since).first()
    before = {"公示": row.in_words()} if row else {}
    row = row or NoticePolicy(township=township, since=since)
    row.days, row.days_moved = days, days_moved
    row.save()
    audit.record(
        by=by, action="设定公示提前天数", subject=row, before=before, township_id=township.pk,
        after={"公示": row.in_words(), "启用日期": str(since)},
    )  # fmt: skip
    return row


def _days(by, ids, now):
    """The days, locked, each with ``notice``, if all are this person's to announce."""
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不办理公示，请联系驻点团队或镇驻点办。")
    if not ids:
        raise NotAllowed("请至少勾选一个驻点日。")
    own = days_to_tell(by, clock.local_date(now)).filter(pk__in=list(ids)).values("pk")
    rows = LiaisonSession.objects.filter(pk__in=[row["pk"] for row in own])
    rows = rows.select_for_update(of=("self",)).select_related("village", "township", "team")
    days = list(rows.order_by("on", "village__code", "pk"))
    if len(days) < len(ids):
        raise NotAllowed(NOT_MINE)
    hang_notices(days)
    return days


def _note(by, action, notice):
    day = notice.session
    after = {"日期": str(notice.on), "地点": notice.place, "取消": notice.called_off}
    audit.record(
        by=by, action=action, subject=notice, label=f"{day.village} {day.on}", after=after,
        township_id=day.township_id,
    )  # fmt: skip
