"""What every page's frame needs: the menu this person may use, and the office's name."""

from django.urls import reverse

from . import access

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
            ("走访记录", "visits:visits", "visits.view"),
        ],
    ),
    (
        "民情台账",
        [
            ("台账", "grievances:ledger", "grievances.view"),
            ("登记诉求", "grievances:register", "grievances.register"),
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
            ("包户联系", "cadres:links", "cadres.view_links"),
            ("工作日历", "cadres:calendar", "cadres.view"),
        ],
    ),
    ("统计报表", [("工作一览", "reports:dashboard", "reports.view")]),
    (
        "管理",
        [
            ("账号", "accounts:users", "cadres.manage_accounts"),
            ("基础数据", "settings:index", "liaison.settings"),
            ("办理时限", "grievances:policies", "grievances.policies"),
            ("联系标准", "cadres:link_policies", "cadres.manage_links"),
            ("统计口径", "reports:definitions", "reports.define"),
            ("导入记录", "imports:batches", "villages.import"),
            ("后台任务", "imports:jobs", "villages.import"),
            ("审计", "audit", "liaison.audit"),
            ("减负自查", "burden", access.SIGNED_IN),
        ],
    ),
]


def house(request):
    """Menu and counts for templates/base.html; empty for somebody not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"house_name": "驻点联系群众工作平台"}
    return {"house_name": "驻点联系群众工作平台", "menu": _menu_for(user, request)}


def _menu_for(user, request):
    here = getattr(request.resolver_match, "view_name", "") if request.resolver_match else ""
    sections = []
    for heading, entries in MENU:
        allowed = [
            {"label": label, "url": reverse(name), "here": name == here}
            for label, name, permission in entries
            if access.permitted(user, permission)
        ]
        if allowed:
            sections.append(
                {
                    "heading": heading,
                    "entries": allowed,
                    "open": any(e["here"] for e in allowed),
                }
            )
    return sections
