"""The sentences of papers: how a day, a household, a matter and its course are told on paper."""

from django.utils import timezone

from visits.posters import DAYS, in_full

NOTHING = "—"


def day_with_weekday(on) -> str:
    """「2026-11-24(周二)」."""
    return f"{on:%Y-%m-%d}(周{DAYS[on.weekday()]})"


def made(user, now) -> dict:
    """制表人, 制表时间."""
    at = timezone.localtime(now)
    return {"制表人": user.display_name, "制表时间": f"{at:%Y-%m-%d %H:%M}"}


def head_of(session) -> dict:
    """What every paper of a liaison day says of it."""
    return {
        "乡镇": str(session.township),
        "村": str(session.village),
        "驻点团队": str(session.team),
        "日期": in_full(session.on),
        "时间": f"{session.starts_at:%H:%M}–{session.ends_at:%H:%M}",
        "地点": session.place,
    }


def who(visit) -> str:
    """The head of the household, or the name somebody gave; both where both were written."""
    home = (visit.household.head_name or "待定户主") if visit.household else ""
    return "、".join(filter(None, (home, visit.visitor)))


def where(visit) -> str:
    """「第1组 001」; "" without a household."""
    return f"{visit.household.group} {visit.household.number}" if visit.household else ""


def about(visit) -> str:
    """Whom a line of a diary is about: name and where he lives."""
    return " ".join(filter(None, (who(visit), where(visit))))


def reason(visit) -> str:
    """来访事由: the words, or what the matters are called where nothing else was written."""
    return visit.said or "；".join(matter.summary for matter in visit.matters)


def asked(visit) -> str:
    """诉求与建议: each matter, 金点子 and 需求线索 on a line; 无诉求 where that was ticked."""
    lines = [
        *map(_asked, visit.matters),
        *(f"金点子：{each.words}" for each in visit.ideas),
        *(f"需求线索：可能符合{each.need.kind}" for each in visit.found),
    ]
    return "\n".join(lines) or ("无诉求" if visit.nothing_asked else "")


def _asked(matter):
    done = "（当场办结）" if matter.on_the_spot else ""
    return f"{matter.number} {matter.get_kind_display()}：{matter.summary}{done}"


def outcomes(visit) -> str:
    """处理意见与结果: number and state of each matter, a line each."""
    return "\n".join(f"{each.number} {outcome(each)}" for each in visit.matters)


def with_summary(visit) -> str:
    """诉求及办理: the summary too."""
    return "\n".join(f"{each.number} {each.summary}：{outcome(each)}" for each in visit.matters)


def plans(visit) -> str:
    """后续计划: what is still owed for each matter and need, a line each; those done and answered have none."""
    owed = [(each.number, _owed(each)) for each in visit.matters]
    owed += [(each.need.number, _look(each.need)) for each in visit.found]
    if len(owed) == 1:
        return owed[0][1]
    return "\n".join(f"{number} {said}" for number, said in owed if said)


def outcome(matter) -> str:
    """How one matter stands: 在办 and until when, how it was settled, or why it was not accepted."""
    if matter.is_open:
        return _open(matter)
    if not matter.is_settled:
        reason_given = f"（{matter.decline_reason}）" if matter.decline_reason else ""
        return f"{matter.get_status_display()}{reason_given}"
    how = "当场办结" if matter.on_the_spot else matter.get_settlement_display() or "办结"
    method = f"（{matter.method}）" if matter.method else ""
    day = "" if matter.on_the_spot or not matter.settled_on else f"于{matter.settled_on:%Y-%m-%d}"
    words = "" if matter.result in ("", how) else f"：{matter.result}"
    return f"{day}{how}{method}{words}"


def _open(matter):
    unit = str(matter.department) if matter.department else ""
    runs = matter.due_on and not matter.is_suspended
    due = f"，应于{matter.due_on:%Y-%m-%d}前办结" if runs else ""
    return f"{unit}{matter.get_status_display()}{due}"


def _owed(matter):
    """What was promised and by when, else how it stands."""
    stands = _open(matter) if matter.is_open else ""
    if matter.is_settled and not matter.answered_on:
        stands = "待反馈"
    if not matter.is_promised:
        return stands
    what = f"答应{matter.promise}，" if matter.promise else "答应"
    return f"{what}于{matter.promise_due_on:%Y-%m-%d}前答复；{stands}"


def _look(need):
    return (
        f"{need.in_words()}，{need.next_look_on:%Y-%m-%d}跟进" if need.is_open else need.in_words()
    )
