"""What every page's frame needs: the menu this person may use, and the office's name."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

from . import access
from .drafts.keys import tag_of
from .rows import render_rows

# (heading, [(label, url name, permission)]): two levels, in the order the work goes.
MENU = [
    (
        "工作台",
        [
            ("待办事项", "desk:home", access.SIGNED_IN),
            ("全局查找", "desk:search", "villages.view"),
        ],
    ),
    (
        "驻点走访",
        [
            ("驻点日", "visits:sessions", "visits.view"),
            ("驻点月历", "visits:month", "visits.view"),
            ("驻点公示", "visits:public_notices", "visits.announce"),
            ("走访单", "desk:sheets", "visits.log"),
            ("请假", "visits:leaves", "visits.view"),
            ("走访记录", "visits:visits", "visits.view"),
            ("金点子", "visits:proposals", "visits.view"),
            ("需求线索", "visits:needs", "villages.view_households"),
            ("遍访轮次", "visits:rounds", "visits.view"),
            ("应走访的户", "visits:due", "villages.view_households"),
            ("村民点单", "visits:wishes", "visits.view"),
        ],
    ),
    (
        "民情台账",
        [
            ("台账", "grievances:ledger", "grievances.view"),
            ("登记诉求", "grievances:register", "grievances.register"),
            ("督办", "grievances:supervisions", "grievances.view"),
            ("会议", "meetings:meetings", "grievances.view"),
            ("回访抽样", "grievances:samples", "grievances.follow_up"),
            ("回头看", "grievances:look_backs", "grievances.view"),
            ("排查化解", "grievances:risks", "grievances.view"),
            ("延期", "grievances:extensions", "grievances.view"),
            ("我反映的诉求", "grievances:reported", "grievances.report"),
            ("诉求公示", "grievances:publications", "grievances.view"),
            ("登记涉密反映", "grievances:confide", "grievances.view"),
            ("涉密事项", "grievances:confidential", access.CONFIDENTIAL),
        ],
    ),
    (
        "村组与户",
        [
            ("村(社区)", "villages:villages", "villages.view"),
            ("户", "villages:households", "villages.view_households"),
            ("居民", "villages:residents", "villages.view_households"),
            ("疑似重复", "villages:duplicates", "villages.edit_households"),
            ("导入花名册", "villages:roster", "villages.import"),
        ],
    ),
    (
        "队伍与三固定",
        [
            ("干部", "cadres:cadres", "cadres.view"),
            ("驻点团队", "cadres:teams", "cadres.view"),
            ("驻点安排", "cadres:plans", "cadres.view"),
            ("便民服务卡", "cadres:cards", "cadres.print_cards"),
            ("包户联系", "cadres:links", "cadres.view_links"),
            ("工作日历", "cadres:calendar", "cadres.view"),
        ],
    ),
    (
        "统计报表",
        [
            ("工作一览", "reports:dashboard", "reports.view"),
            ("月度驻点工作", "reports:liaison_month", "reports.view"),
        ],
    ),
    (
        "管理",
        [
            ("账号", "accounts:users", "cadres.manage_accounts"),
            ("基础数据", "settings:index", "liaison.settings"),
            ("办理时限", "grievances:policies", "grievances.policies"),
            ("预警标准", "grievances:bands", "grievances.policies"),
            ("涉密规则", "grievances:confidential_rules", "grievances.policies"),
            ("联系标准", "cadres:link_policies", "cadres.manage_links"),
            ("驻点日规则", "visits:rules", "visits.manage"),
            ("走访间隔", "visits:contact_policies", "visits.manage"),
            ("走访户数", "visits:visit_quotas", "visits.manage"),
            ("提醒时间", "cadres:reminder_times", "cadres.manage_plans"),
            ("群机器人", "cadres:robots", "cadres.manage_robots"),
            ("统计口径", "reports:definitions", "reports.define"),
            ("导入记录", "imports:batches", "villages.import"),
            ("后台任务", "imports:jobs", "villages.import"),
            ("审计", "audit", "liaison.audit"),
            ("减负自查", "burden", access.SIGNED_IN),
        ],
    ),
]


def house(request):
    """Menu, and whose drafts the browser may show, for templates/base.html; empty for somebody not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"house_name": "驻点联系群众工作平台"}
    return {
        "house_name": "驻点联系群众工作平台",
        "menu": Menu.of(user, request),
        "draft_tag": tag_of(user),
    }


@dataclass(frozen=True)
class Menu:
    """What one person may open, and the page he is on; false when that is nothing.

    Attributes:
        here: the full name of the page's URL, "" for a page that has none.
    """

    sections: tuple["Section", ...]
    here: str

    @classmethod
    def of(cls, user, request) -> "Menu":
        """Of the permissions this user has today."""
        here = getattr(request.resolver_match, "view_name", "") if request.resolver_match else ""
        names = frozenset(name for name in _GATES if access.permitted(user, name))
        return cls(_sections(names, get_script_prefix()), here)

    def __bool__(self):
        return bool(self.sections)

    def html(self) -> SafeString:
        """The lines of the menu: drawn only for a page that has a frame."""
        return render_rows("liaison/menu.html", {"sections": self.sections, "here": self.here})


class Section(NamedTuple):
    """A heading of the menu and (label, url name, address) below it."""

    heading: str
    entries: tuple[tuple[str, str, str], ...]


_GATES = frozenset(gate for _, entries in MENU for _, _, gate in entries)


@lru_cache(maxsize=256)  # as many as there are sets of roles
def _sections(gates, prefix):
    """The menu of whoever passes these gates: the same for everybody of his roles, so worked out once.

    Args:
        prefix: what addresses begin with where the site hangs below another.
    """
    sections = []
    for heading, entries in MENU:
        open_ = tuple(
            (label, name, reverse(name)) for label, name, gate in entries if gate in gates
        )
        if open_:
            sections.append(Section(heading, open_))
    return tuple(sections)
