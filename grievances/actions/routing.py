"""受理并交办, and 交办 by the office's rules: the verbs of two acts, led by the rule that was shown."""

from grievances.models import Grievance
from grievances.routing import route_of
from liaison.errors import NotAllowed

from .handling import assign

NO_RULE = "没有适用的分派规则，请选择承办单位后交办。"


def assign_by_rule(*, grievance, by, on, now, version, rule="", words="") -> Grievance:
    """交办 to the unit of the rule that fits; the history names the rule.

    Called within a transaction of its caller, or alone: ``assign`` is one.

    Args:
        rule: the key of the route that was shown (``Route.key``); "" takes whichever fits now.
    Raises:
        NotAllowed: no rule fits, or another than was shown; and as ``assign``.
    """
    found = route_of(grievance)
    if found is None:
        raise NotAllowed(NO_RULE)
    if rule and rule != found.key:
        raise NotAllowed(f"适用的分派规则变了，现在是：{found.why}请核对后再提交。")
    handler = found.handler(on)
    said = f"按分派规则“{found.rule}”"
    return assign(
        grievance=grievance, by=by, on=on, now=now, version=version, department=found.department,
        handler=handler, words="。".join(part for part in (said, words.strip()) if part),
    )  # fmt: skip
