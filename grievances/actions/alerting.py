"""预警: a level is set, raised, lowered or cleared by hand, each with reason and day."""

from django.db import transaction

from grievances import alerting
from grievances.models import AlertLevel, Grievance
from grievances.models.alert_parts import RANK, Level, Trend
from liaison.errors import NotAllowed

from ._move import Move, check_day, claimed, require_choice, require_words

Act = AlertLevel.Act


@transaction.atomic
def alert(*, grievance, by, on, now, version, level, persons, trend, words) -> Grievance:
    """预警, 升级 or 降级, whichever the level means beside the one in force.

    Args:
        persons: 人 concerned as known that day; the number on the registration stays.
    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, over, no reason, the level as it is.
    """
    require_choice(level, Level, "预警级别")
    require_choice(trend, Trend, "事态")
    if not 1 <= persons <= 9999:
        raise NotAllowed("涉及人数请填1至9999。")
    matter = _claimed(grievance, by, on, now, version)
    if level == matter.alert_level:
        raise NotAllowed(f"现在已经是{Level(level).label}，请选择其他级别。")
    act = Act.SET if not matter.alert_level else Act.RAISE
    if RANK[level] < RANK[matter.alert_level]:
        act = Act.LOWER
    words = require_words(words, "请写明预警的理由。")
    row = _row(act, matter, by, on, now, level, persons, trend, words)
    known = f"{Level(level).label}，涉及{persons}人，{Trend(trend).label}"
    name = "预警" if act == Act.SET else f"预警{act.label}"
    said = f"原{row.get_level_before_display()}，现{known}" if row.level_before else known
    return _written("alert", name, matter, by, on, now, f"{said}。{words}")


@transaction.atomic
def clear_alert(*, grievance, by, on, now, version, words) -> Grievance:
    """解除预警 with a reason."""
    matter = _claimed(grievance, by, on, now, version)
    if not matter.alert_level:
        raise NotAllowed("这件诉求现在没有预警，不用解除。")
    words = require_words(words, "请写明解除预警的理由。")
    persons, trend = alerting.as_known(matter)
    row = _row(Act.CLEAR, matter, by, on, now, "", persons, trend, words)
    said = f"原{row.get_level_before_display()}。{words}"
    return _written("clear_alert", "解除预警", matter, by, on, now, said)


def _claimed(grievance, by, on, now, version):
    matter = claimed(grievance, by, version)
    if sentence := alerting.refusal(matter, by):
        raise NotAllowed(sentence)
    check_day(on, now, matter, "alert_since" if matter.alert_since else "registered_on")
    return matter


def _row(act, matter, by, on, now, level, persons, trend, words):
    """The dated row, and the level on the matter (not saved)."""
    found = alerting.suggested(matter, now, persons=persons, trend=trend)
    row = AlertLevel.objects.create(
        grievance=matter, act=act, level_before=matter.alert_level, level=level, persons=persons,
        trend=trend, suggested=found.level if found else "", words=words, by=by,
        by_name=by.display_name, by_post=by.post_title()[:100], on=on, entered_at=now,
    )  # fmt: skip
    matter.alert_level, matter.alert_since = level, on
    return row


def _written(act, name, matter, by, on, now, words):
    matter.version += 1
    matter.save(update_fields=["alert_level", "alert_since", "version"])
    told = {"预警级别": matter.get_alert_level_display() or "无"}
    Move(act, matter, by, on, now, words, told).write(name, matter.status)
    return matter
