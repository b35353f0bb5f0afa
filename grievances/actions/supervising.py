"""督办 and 催办: a matter is looked after from above; the unit answers by a day; state and due date stay."""

from django.db import transaction
from django.urls import reverse

from cadres.notices import Message, notify_many
from cadres.workcalendar import CalendarNotPublished, WorkCalendar
from grievances import secrecy, telling
from grievances.models import Step, Supervision, SupervisionRule
from grievances.models.supervision import SupervisionLevel
from liaison import clock
from liaison.errors import NotAllowed

from ._move import Move, check_day, claimed, require_choice, require_words

PERMISSION = "grievances.supervise"
URGED = "这件诉求今天已经催办过，明天仍没有进展再催。"


@transaction.atomic
def supervise(
    *, grievance, by, on, now, level, words="", reply_due_on=None, version=None
) -> Supervision:
    """督办, or a graver one in place of the one in force: a new row either way.

    Args:
        level: 普通, 黄牌 or 红牌; above the one in force.
        reply_due_on: by which day the unit answers; None takes the rule of the level, in 工作日 after ``on``.
    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, not open, no graver level, a day that has passed.
    """
    matter = _begin(grievance, by, on, now, version)
    require_choice(level, SupervisionLevel, "督办级别")
    before = _replaced(matter, SupervisionLevel(level))
    due = reply_due_on or reply_day(matter.township_id, level, on)
    if due is None:
        raise NotAllowed("工作日历还没有发布，算不出回复期限，请自己填写。")
    if due < on:
        raise NotAllowed(f"回复期限{due}早于督办日期{on}，请核对。")
    if before:
        before.lifted_on, before.lifted_by, before.is_raised = on, by, True
        before.version += 1
        before.save()
    row = Supervision.objects.create(
        grievance=matter, level=level, words=words.strip(), department=matter.department,
        asked_by=by, asked_on=on, entered_at=now, reply_due_on=due,
    )  # fmt: skip
    name = f"{row.get_level_display()}督办"
    said = f"请于{due}前回复。{row.words}"
    _step(matter, "supervise", name, by, on, now, said, {"督办级别": name, "回复期限": str(due)})
    words = f"被{name}，请于{due}前回复"
    _notice(matter, by, now, kind="supervision", slot=f"s{row.pk}", words=words)
    return row


@transaction.atomic
def reply_supervision(*, supervision, by, on, now, words, version=None) -> Supervision:
    """The unit answers; the office for a matter no unit has, or on a unit's behalf.

    Raises:
        Stale, NotAllowed: as above; no words; answered or lifted already.
    """
    row, matter = _claimed(supervision, by, version)
    if not answers_for(matter, by):
        raise NotAllowed(f"督办由{matter.department or '镇驻点办'}回复，您不用办理。")
    if not row.waits:
        raise NotAllowed(f"这次督办{row.in_words()}，不用再回复。")
    _check_after(row, on, now)
    row.reply_words = require_words(words, "请写明办到了哪一步、什么时候办好。")
    row.replied_on, row.replied_by = on, by
    _save(row)
    _step(matter, "reply_supervision", "回复督办", by, on, now, row.reply_words, {})
    _tell_asker(row, matter, by, now)
    return row


@transaction.atomic
def lift_supervision(*, supervision, by, on, now, words="", version=None) -> Supervision:
    """解除督办: answered well, or not needed any more; then with a word why.

    Raises:
        Stale, NotAllowed: as above; ended already; not answered, and no reason.
    """
    row, matter = _claimed(supervision, by, version)
    _require(by)
    if not row.is_in_force:
        raise NotAllowed(f"这次督办{row.in_words()}。")
    _check_after(row, on, now)
    if row.waits:
        words = require_words(words, "承办单位还没有回复，请写明为什么解除。")
    row.lifted_on, row.lifted_by, row.lift_words = on, by, words.strip()
    _save(row)
    _step(matter, "lift_supervision", "解除督办", by, on, now, row.lift_words, {})
    return row


@transaction.atomic
def urge(*, grievance, by, now, words="", version=None):
    """催办: whoever must act now is told once more; once a day for one matter.

    Raises:
        Stale, NotAllowed: wrong hands, not open, urged today already.
    """
    on = clock.local_date(now)
    matter = _begin(grievance, by, on, now, version)
    if matter.pk in urged_on([matter.pk], on):
        raise NotAllowed(URGED)
    _step(matter, "urge", "催办", by, on, now, words.strip(), {})
    _notice(matter, by, now, kind="urge", slot=on.isoformat(), words="有人催办，请抓紧办理")
    return matter


def urged_on(matters, on) -> set[int]:
    """Which of these matters (ids) were urged on a day already."""
    rows = Step.objects.filter(grievance__in=matters, act="urge", on=on)
    return set(rows.values_list("grievance", flat=True))


def reply_day(township_id, level, on):
    """The day a unit answers by: so many 工作日 after ``on``; None when no calendar or no rule says it."""
    rule = SupervisionRule.objects.set_of(township_id).filter(level=level).first()
    try:
        calendar = WorkCalendar.load(township_id)
        return calendar.add_workdays(on, rule.reply_days) if rule else None
    except CalendarNotPublished:
        return None


def may_supervise(matter, by) -> str:
    """Why this user may not 督办 or 催办 this matter; "" when he may."""
    if not by.has_perm(PERMISSION):
        return "督办和催办由镇领导、督查组和镇驻点办办理。"
    if matter.is_confidential:  # its unit and the office may not know of it
        return "涉密事项只在专办人和承办人之间办理，不办督办和催办。"
    if not matter.is_open:
        return f"这件诉求现在是“{matter.get_status_display()}”，不用督办或催办。"
    return ""


def answers_for(matter, by) -> bool:
    """Whether this user answers a 督办 of a matter: its unit does, or the office for it; of one made
    confidential since, who works on it."""
    if matter.is_confidential:
        return secrecy.may_act(by, matter)
    own = matter.department_id is not None and matter.department_id in by.department_ids()
    return (own and by.has_perm("grievances.settle")) or by.has_perm("grievances.assign")


def _begin(grievance, by, on, now, version):
    matter = claimed(grievance, by, version)
    if sentence := may_supervise(matter, by):
        raise NotAllowed(sentence)
    check_day(on, now, matter, "registered_on")
    return matter


def _require(by):
    if not by.has_perm(PERMISSION):
        raise NotAllowed("督办和催办由镇领导、督查组和镇驻点办办理。")


def _replaced(matter, level):
    """The one in force, locked, which a graver one replaces; None when there is none."""
    row = matter.supervisions.select_for_update().in_force().first()
    if row and SupervisionLevel(row.level).rank >= level.rank:
        raise NotAllowed(f"已经是{row}，只能升级；要重新督办请先解除。")
    return row


def _claimed(supervision, by, version):
    """The matter first, so that two who act on one wait in the same order."""
    matter = claimed(supervision.grievance, by, version)
    return Supervision.objects.select_for_update(of=("self",)).get(pk=supervision.pk), matter


def _check_after(row, on, now):
    check_day(on, now)
    if on < row.asked_on:
        raise NotAllowed(f"日期{on}早于督办日期{row.asked_on}，请核对。")


def _save(row):
    row.version += 1
    row.save()


def _step(matter, act, name, by, on, now, words, told):
    matter.version += 1
    matter.save(update_fields=["version"])
    Move(act, matter, by, on, now, words, told).write(name, matter.status)


def _notice(matter, by, now, *, kind, slot, words):
    people = telling.acting(matter, clock.local_date(now))
    _send([each for each in people if each.pk != by.pk], matter, now, kind, slot, words)


def _tell_asker(row, matter, by, now):
    if row.asked_by_id != by.pk:
        _send([row.asked_by], matter, now, "supervision-reply", f"s{row.pk}", "的督办已回复")


def _send(people, matter, now, kind, slot, words):
    if (
        matter.is_confidential
    ):  # made so since it was asked for: the new number goes to nobody by a notice
        return
    url = reverse("grievances:detail", args=[matter.number])
    messages = [
        Message(
            recipient=person, kind=kind, subject=f"grievance:{matter.pk}", slot=slot,
            title=f"诉求{matter.number}{words}", text="", url=url, due_at=now,
        )
        for person in people
    ]  # fmt: skip
    notify_many(messages, now=now)
