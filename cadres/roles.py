"""What each role may do: one table behind ``has_perm``, so views, templates and verbs ask the same question.

Where a role may do it is the scope (``User.village_scope``); both come from the posts a person holds today.
"""

from django.db import models


class Role(models.TextChoices):
    """The roles of the people the product serves."""

    CADRE = "cadre", "驻点干部"
    CONTACT = "contact", "村联络员"
    OFFICE = "office", "镇驻点办"
    HANDLER = "handler", "站办所承办人"
    LEADER = "leader", "镇领导"
    SUPERVISOR = "supervisor", "督查组"
    COUNTY = "county", "县级查看"
    ADMIN = "admin", "系统管理员"
    AUDITOR = "auditor", "审计员"


_READ_FIELD = {
    "villages.view",
    "villages.view_households",
    "cadres.view",
    "cadres.view_links",
    "visits.view",
    "grievances.view",
}

MAY: dict[str, frozenset[str]] = {
    Role.CADRE: frozenset(
        _READ_FIELD
        | {
            "villages.edit_households",
            "villages.reveal",
            "cadres.print_cards",
            "visits.log",
            "visits.announce",
            "visits.wish",
            "grievances.register",
            "grievances.settle",
            "grievances.triage",
            "grievances.escalate",
            "grievances.decide",
            "grievances.answer",
            "grievances.follow_up",
            "grievances.meet",
            "grievances.alert",
            "reports.view",
        }
    ),
    # Of the households linked to him: he tells what he heard, and how it fares that he told.
    Role.CONTACT: frozenset(
        {
            "villages.view",
            "villages.view_households",
            "cadres.view",
            "visits.view",
            "visits.report",
            "visits.wish",
            "grievances.report",
        }
    ),
    Role.OFFICE: frozenset(
        _READ_FIELD
        | {
            "villages.edit_households",
            "villages.import",
            "villages.draw",
            "villages.merge",
            "villages.reveal",
            "cadres.manage_teams",
            "cadres.manage_links",
            "cadres.manage_plans",
            "cadres.manage_calendar",
            "cadres.manage_cards",
            "cadres.print_cards",
            "visits.announce",
            "visits.log",
            "visits.manage",
            "visits.wish",
            "grievances.register",
            "grievances.import",
            "grievances.accept",
            "grievances.assign",
            "grievances.settle",
            "grievances.triage",
            "grievances.escalate",
            "grievances.decide",
            "grievances.call_up",
            "grievances.suspend",
            "grievances.answer",
            "grievances.follow_up",
            "grievances.close_out",
            "grievances.reopen",
            "grievances.readmit",
            "grievances.supervise",
            "grievances.meet",
            "grievances.sample",
            "grievances.book",
            "grievances.policies",
            "grievances.extend",
            "grievances.alert",
            "grievances.publish",
            "grievances.export",
            "reports.view",
            "reports.define",
            "liaison.settings",
        }
    ),
    Role.HANDLER: frozenset(
        {
            "villages.view",
            "cadres.view",
            "grievances.view",
            "grievances.settle",
            "grievances.triage",
            "grievances.escalate",
            "grievances.decide",
            "grievances.answer",
        }
    ),
    # 班子成员 lead teams themselves: they sit, visit and write up as their teams do.
    Role.LEADER: frozenset(
        _READ_FIELD
        | {
            "visits.log",
            "visits.wish",
            "grievances.escalate",
            "grievances.decide",
            "grievances.call_up",
            "grievances.extend",
            "grievances.alert",
            "grievances.follow_up",
            "grievances.reopen",
            "grievances.readmit",
            "grievances.supervise",
            "grievances.triage",
            "grievances.sample",
            "grievances.book",
            "grievances.export",
            "reports.view",
        }
    ),
    Role.SUPERVISOR: frozenset(
        _READ_FIELD
        | {
            "grievances.follow_up",
            "grievances.reopen",
            "grievances.supervise",
            "grievances.triage",
            "grievances.sample",
            "grievances.export",
            "reports.view",
        }
    ),
    # Figures of several townships; no names, so neither households nor matters.
    Role.COUNTY: frozenset({"villages.view", "reports.view"}),
    # Accounts and settings; reads no cases.
    Role.ADMIN: frozenset(
        {
            "villages.view",
            "cadres.view",
            "cadres.manage_accounts",
            "cadres.manage_robots",
            "liaison.settings",
            "liaison.shared_lists",
        }
    ),
    # Reads the trail; changes nothing.
    Role.AUDITOR: frozenset({"liaison.audit"}),
}

TOWNSHIP_WIDE = frozenset(
    {Role.OFFICE, Role.HANDLER, Role.LEADER, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR}
)


def permissions_of(roles) -> frozenset[str]:
    """Everything these roles together may do."""
    return frozenset().union(*(MAY.get(role, frozenset()) for role in roles))
