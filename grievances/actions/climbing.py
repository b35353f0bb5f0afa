"""呈报: a matter goes up the ladder, is decided there and comes down again."""

from django.db import transaction

from grievances.ladder import answering_at
from grievances.models import Grievance, Rung
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import begin, require_words


@transaction.atomic
def escalate(*, grievance, by, on, now, version, words) -> Grievance:
    """呈报 one rung up, with what is asked for; its history names who answers there."""
    move = begin("escalate", grievance=grievance, by=by, on=on, now=now, version=version)
    reason = require_words(words, "请写明呈报的原因和建议。")
    _climb(move, Rung.objects.above(move.grievance.township_id, move.grievance.rung), reason)
    return move.finish()


@transaction.atomic
def call_up(*, grievance, by, on, now, version, rung, words) -> Grievance:
    """提级办理: the office or a leader takes a matter to a higher rung of his choice."""
    move = begin("call_up", grievance=grievance, by=by, on=on, now=now, version=version)
    reason, matter = require_words(words, "请写明提级办理的原因。"), move.grievance
    ladder = list(Rung.objects.ladder_of(matter.township_id))
    if rung not in ladder:
        raise NotAllowed("请选择本镇在用的呈报层级。")
    lowest = matter.rung or ladder[0]
    if rung.order <= lowest.order:
        raise NotAllowed(f"请选择比“{lowest}”更高的层级。")
    _climb(move, rung, reason)
    return move.finish()


def _climb(move, rung, reason):
    names = "、".join(map(str, answering_at(rung, move.grievance, local_date(move.now))))
    move.grievance.rung = rung
    move.words = f"到“{rung}”，由{names or '该层级负责人(空缺)'}阅处。{reason}"
    move.told = {"呈报层级": str(rung), "负责人": names}


@transaction.atomic
def send_down(*, grievance, by, on, now, version, words) -> Grievance:
    """交回办理 with what was decided, by who answers at the rung or by the office for him."""
    move = begin("send_down", grievance=grievance, by=by, on=on, now=now, version=version)
    decided, rung = require_words(words, "请写明批示或决定。"), move.grievance.rung
    move.words = f"“{rung}”意见：{decided}" if rung else decided
    move.told = {"呈报层级": str(rung or "")}
    return move.finish()
