"""回头看: arranged for a day, and done by somebody other than who handled it."""

from django.db import transaction

from grievances import rules
from grievances.models import LookBack, RedoCall
from liaison import versions
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import Move, check_day, claimed, require_choice
from .closing import reopen
from .coming_back import check_ahead
from .redoing import call_for_redo

PERMISSION = "grievances.follow_up"
Found, Why = LookBack.Found, LookBack.Why


@transaction.atomic
def arrange_look_back(*, grievance, by, now, version, due_on, words="") -> LookBack:
    """抽查: a settled matter is to be looked at again on a day.

    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, not settled, a day that has passed, one stands.
    """
    matter = claimed(grievance, by, version)
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不安排回头看，请联系镇驻点办。")
    if not matter.is_settled:
        raise NotAllowed("还没有办结的诉求不用安排回头看；办不下去的长期问题请挂账。")
    on = local_date(now)
    check_ahead(due_on, on)
    if LookBack.objects.waiting().filter(grievance=matter, why=Why.SPOT_CHECK).exists():
        raise NotAllowed("这件诉求已经安排了抽查，请先完成那一次。")
    row = LookBack.objects.create(
        grievance=matter, due_on=due_on, why=Why.SPOT_CHECK, entered_at=now
    )
    _touch(matter)
    said = "。".join(part for part in (f"安排{due_on}回头看", words.strip()) if part)
    Move("arrange", matter, by, on, now, said).write("安排回头看", matter.status)
    return row


@transaction.atomic
def look_back(
    *, row, by, on, now, version, found, words="", next_on=None, and_reopen=False
) -> LookBack:
    """Write down how it stands: 稳定; 反弹, which is to be opened again; 未完, with the next day.

    Args:
        version: of the row, as the page showed it.
        next_on: needed for 未完, refused for the others.
        and_reopen: reopen at once, for who may; otherwise the office finds it among what waits for it.
    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, his own work, or a day that does not fit.
    """
    row = _claimed_row(row, by, version)
    matter = row.grievance
    if sentence := refusal(row, by):
        raise NotAllowed(sentence)
    require_choice(found, Found, "看到的情况")
    check_day(on, now, matter, "settled_on")
    words = words.strip()
    if found == Found.LAPSED or (found == Found.REBOUND and not words):
        raise NotAllowed("请写明反弹的情况，作为重办的依据。")
    row.found, row.words, row.done_on, row.by, row.entered_at = found, words, on, by, now
    row.version += 1
    row.save()
    said = [f"{row.get_why_display()}回头看：{Found(found).label}", words]
    if found == Found.UNFINISHED:
        said.append(_once_more(row, next_on, on, now))
    _touch(matter)
    move = Move("look_back", matter, by, on, now, "。".join(part for part in said if part))
    move.told = {"情况": Found(found).label}
    move.write("回头看", matter.status)
    if found == Found.REBOUND:
        _to_redo(matter, row, by, on, now, words, and_reopen)
    return row


def refusal(row, by) -> str:
    """Why this user may not look back at a matter; "" when he may."""
    if not by.has_perm(PERMISSION):
        return "您的岗位不做回头看，请联系镇驻点办。"
    if row.done_on:
        return f"这一次{row.done_on}已经看过了，请刷新页面查看最新情况。"
    if row.why == Why.ON_BOOK:
        return "挂账的请在诉求页面办理“挂账复查”。"
    if not row.grievance.is_settled:
        return "这件诉求又在办理，办结以后再安排回头看。"
    if rules.had_a_hand_in(row.grievance, by):
        return "承办的人和承办单位不对自己办的事回头看，请由其他同志去看。"
    return ""


def _claimed_row(row, by, version):
    """The matter first, then the row: every verb locks in this order."""
    matter = claimed(row.grievance, by, None)
    row = versions.claim(LookBack.objects.all(), row.pk, version)
    row.grievance = matter
    return row


def _once_more(row, next_on, on, now) -> str:
    if next_on is None:
        raise NotAllowed("未完的请填写下次回头看的日期。")
    if next_on <= on:
        raise NotAllowed(f"下次回头看的日期{next_on}应在{on}之后，请核对。")
    LookBack.objects.create(grievance=row.grievance, due_on=next_on, why=row.why, entered_at=now)
    return f"{next_on}再看"


def _touch(matter):
    """It is part of the matter: who acts from an older page is told."""
    matter.version += 1
    matter.save(update_fields=["version"])


def _to_redo(matter, row, by, on, now, words, and_reopen):
    call_for_redo(matter, why=RedoCall.Why.REBOUND, on=on, now=now, look_back=row)
    if and_reopen:
        reopen(grievance=matter, by=by, on=on, now=now, version=None, words=f"回头看反弹：{words}")
