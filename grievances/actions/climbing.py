"""呈报: a matter goes up the ladder, is decided there and comes down again.

Its unit and its due date stay, unless whoever does the act ticks that they go by the rules and limits of the
level (decisions 0042, 0043).
"""

from django.db import transaction

from grievances import telling
from grievances.ladder import answering_at
from grievances.models import Grievance, Rung
from grievances.routing import route_of
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import begin, require_words
from ._units import hand_to
from .dating import clock_start, set_deadline

NO_RULE = "没有适用于这一层级的分派规则，请取消勾选后再提交。"


@transaction.atomic
def escalate(
    *, grievance, by, on, now, version, words, by_rule=False, rule="", redate=False
) -> Grievance:
    """呈报 one rung up, with what is asked for; its history names who answers there.

    Args:
        by_rule: it goes to the unit of the rule that fits on the new level.
        rule: keys of the rules that were shown, parted by commas (``Route.key``); "" takes whichever fits.
        redate: its time is counted anew from its start by the limit of the new level; otherwise its date stands.
    """
    move = begin("escalate", grievance=grievance, by=by, on=on, now=now, version=version)
    reason = require_words(words, "请写明呈报的原因和建议。")
    _climb(move, Rung.objects.above(move.grievance.township_id, move.grievance.rung), reason)
    return _by_level(move, by_rule, rule, redate)


@transaction.atomic
def call_up(
    *, grievance, by, on, now, version, rung, words, by_rule=False, rule="", redate=False
) -> Grievance:
    """提级办理: the office or a leader takes a matter to a higher rung of his choice; else as ``escalate``."""
    move = begin("call_up", grievance=grievance, by=by, on=on, now=now, version=version)
    reason, matter = require_words(words, "请写明提级办理的原因。"), move.grievance
    ladder = list(Rung.objects.ladder_of(matter.township_id))
    if rung not in ladder:
        raise NotAllowed("请选择本镇在用的呈报层级。")
    lowest = matter.rung or ladder[0]
    if rung.order <= lowest.order:
        raise NotAllowed(f"请选择比“{lowest}”更高的层级。")
    _climb(move, rung, reason)
    return _by_level(move, by_rule, rule, redate)


def _climb(move, rung, reason):
    names = "、".join(map(str, answering_at(rung, move.grievance, local_date(move.now))))
    move.grievance.rung = rung
    move.words = f"到“{rung}”，由{names or '该层级负责人(空缺)'}阅处。{reason}"
    move.told = {"呈报层级": str(rung), "负责人": names}


@transaction.atomic
def send_down(
    *, grievance, by, on, now, version, words, by_rule=False, rule="", redate=False
) -> Grievance:
    """交回办理 with what was decided, by who answers at the rung or by the office for him; else as ``escalate``."""
    move = begin("send_down", grievance=grievance, by=by, on=on, now=now, version=version)
    decided, rung = require_words(words, "请写明批示或决定。"), move.grievance.rung
    move.words = f"“{rung}”意见：{decided}" if rung else decided
    move.told = {"呈报层级": str(rung or "")}
    return _by_level(move, by_rule, rule, redate)


def _by_level(move, by_rule, rule, redate) -> Grievance:
    """What was ticked, then the end of the act; a unit that no longer has the matter is told."""
    matter, was = move.grievance, move.grievance.department
    if by_rule:
        _to_the_unit(move, rule)
    if redate:
        _redate(move)
    matter = move.finish()
    if was is not None and was != matter.department:
        telling.gone_elsewhere(matter, was, by=move.by, now=move.now)
    return matter


def _to_the_unit(move, shown) -> None:
    matter, found = move.grievance, route_of(move.grievance)
    fits = found is not None and found.rule.level is not None
    if shown and not (fits and found.key in shown.split(",")):
        now = found.why if fits else "没有适用于这一层级的规则。"
        raise NotAllowed(f"适用的分派规则变了，现在是：{now}请刷新页面核对后再提交。")
    if not fits:
        raise NotAllowed(NO_RULE)
    if found.department == matter.department:
        return
    handler = found.handler(move.on)
    hand_to(matter, found.department, handler, by=move.by, on=move.on, now=move.now)
    unit = f"{found.department}{handler or ''}"
    move.words = f"{move.words.rstrip('。')}。按分派规则“{found.rule}”改由{unit}承办"
    move.told["承办单位"] = str(found.department)


def _redate(move) -> None:
    matter, was = move.grievance, move.grievance.due_on
    late = "(已超期)" if matter.is_overdue(move.now) else ""
    said = set_deadline(matter, clock_start(matter))
    head = f"按层级重算办理期限：原应办结日{was or '未定'}{late}，"
    move.words = f"{move.words.rstrip('。')}。{head}{said}"
    move.told["应办结日"] = str(matter.due_on or "未定")
