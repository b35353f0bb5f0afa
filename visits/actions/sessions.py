"""A day taken off the plan, or noted as not held."""

from django.db import transaction

from liaison import clock
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits.leading import manages
from visits.models import LiaisonSession

from ._shared import mine, note, save


@transaction.atomic
def cancel_session(*, session, by, now, version, reason) -> LiaisonSession:
    """The office takes a day off the plan, saying why.

    Raises:
        NotAllowed: not the office, no reason, or the day was already held.
        Stale: the day was changed since ``version``.
    """
    return _call_off(session, by, version, LiaisonSession.Status.CANCELLED, reason, "取消驻点日")


@transaction.atomic
def mark_missed(*, session, by, now, version, reason="") -> LiaisonSession:
    """The office notes that a past day was not held; it stays due and counts as not held.

    Raises:
        NotAllowed: not the office, the day is not over, or it was already held.
        Stale: the day was changed since ``version``.
    """
    if session.on >= clock.local_date(now):
        raise NotAllowed("这一天还没有过完，过后仍未驻点再标记。")
    status = LiaisonSession.Status.MISSED
    return _call_off(session, by, version, status, reason or "未说明", "标记未驻点")


def _call_off(session, by, version, status, reason, act):
    rows = mine(LiaisonSession, session, by)
    if not manages(session, by):
        raise NotAllowed("驻点日由镇驻点办调整，请联系他们。")
    session = claim(rows, session.pk, version)
    if session.status == LiaisonSession.Status.HELD:
        raise NotAllowed("这一天已经驻点并有记录，不能再改成取消或未驻点。")
    if not reason.strip():
        raise NotAllowed("请写明原因，公示和统计都要用到。")
    before = session.get_status_display()
    session.status, session.reason = status, reason.strip()[:200]
    save(session, "status", "reason")
    after = {"状态": session.get_status_display(), "原因": session.reason}
    note(session, by, act, {"状态": before}, after)
    return session
