"""Every address of the site, the row behind its parameters, and the roles that walk them.

The list of addresses comes from the resolver: a new one is tested from its first day, and fails
until BEHIND says which row stands behind its parameter.
"""

import re
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from liaison import access
from liaison.lists import ListView
from villages.views import life
from visits.models.wish_states import ACTS

ROUTES = {name: view for _, name, view in access.all_routes()}
PARAMETERS = {
    name: re.findall(r"<(?:\w+:)?(\w+)>", pattern) for pattern, name, _ in access.all_routes()
}
WITH_ROWS = [name for name in ROUTES if PARAMETERS[name]]
ROLES = (
    "li", "wang", "zhao", "chen", "sun", "zhou", "contact", "county", "admin", "auditor", "qian",
)  # fmt: skip

# Which row stands behind an address's parameter: {name of the route: (model, field)}; several for several.
VILLAGE_OF_A_ROUND = (("VisitRound", "pk"), ("Village", "code"))
MEETING_PAGES = ("meeting", "change", "agenda", "minutes", "paper")
BEHIND = {
    "accounts:account": ("User", "pk"),
    "accounts:edit": ("User", "pk"),
    "accounts:appoint": ("User", "pk"),
    "accounts:reset": ("User", "pk"),
    "accounts:deactivate": ("User", "pk"),
    "accounts:reactivate": ("User", "pk"),
    "accounts:handover": ("User", "pk"),
    "accounts:abolish_post": ("Post", "pk"),
    "accounts:abolish_department": ("Department", "pk"),
    "cadres:cadre": ("User", "pk"),
    "cadres:handover": ("Handover", "pk"),
    "cadres:withdraw_handover": ("Handover", "pk"),
    "cadres:team": ("LiaisonTeam", "pk"),
    "cadres:edit_team": ("LiaisonTeam", "pk"),
    "cadres:plan": ("LiaisonPlan", "pk"),
    "cadres:meeting": ("StandingMeeting", "pk"),
    "cadres:end_link": ("HouseholdLink", "pk"),
    "cadres:end_representative": ("Representative", "pk"),
    "cadres:hand_over_representative": ("Representative", "pk"),
    "cadres:hand_over_post": ("Post", "pk"),
    "cadres:local_day_remove": ("CalendarDay", "pk"),
    "cadres:notice": ("Notice", "pk"),
    "cadres:retry": ("Delivery", "pk"),
    "cadres:robot": ("GroupRobot", "pk"),
    "cadres:robot_test": ("GroupRobot", "pk"),
    "desk:day": ("LiaisonSession", "pk"),
    "desk:day_saved": ("LiaisonSession", "pk"),
    "desk:matters": ("LiaisonSession", "pk"),
    "desk:agenda": ("StandingMeeting", "pk"),
    "desk:add_matters": ("Visit", "pk"),
    "desk:report": ("Household", "pk"),
    "desk:sheet": ("LiaisonSession", "pk"),
    "desk:by_line": ("LiaisonSession", "pk"),
    "desk:paper_attendance": ("LiaisonSession", "pk"),
    "desk:paper_reception": ("LiaisonSession", "pk"),
    "desk:paper_visits": ("LiaisonSession", "pk"),
    "desk:paper_log": ("LiaisonSession", "pk"),
    "desk:sign_in": ("StandingMeeting", "pk"),
    "grievances:sample": ("FollowUpSample", "pk"),
    "grievances:call_sheet": ("FollowUpSample", "pk"),
    "grievances:give_on": ("FollowUpSample", "pk"),
    "grievances:look_back": ("LookBack", "pk"),
    "settings:document_version": ("DocumentTemplate", "pk"),
    "visits:call_off": ("LiaisonSession", "pk"),
    "visits:make_up": ("LiaisonSession", "pk"),
    "visits:ask_leave": ("LiaisonSession", "pk"),
    "visits:leave": ("LeaveRequest", "pk"),
    "visits:withdraw_leave": ("LeaveRequest", "pk"),
    "visits:visit": ("Visit", "pk"),
    "visits:change": ("Visit", "pk"),
    "visits:proposal": ("Proposal", "pk"),
    "visits:need": ("Need", "pk"),
    "visits:photos": ("Visit", "pk"),
    "visits:photo": ("VisitPhoto", "pk"),
    "visits:small_photo": ("VisitPhoto", "pk"),
    "visits:take_away_photo": ("VisitPhoto", "pk"),
    "visits:wish": ("Wish", "pk"),
    "visits:print_wish": ("Wish", "pk"),
    **{f"visits:wish_{act}": ("Wish", "pk") for act in ACTS},
    "visits:take_back_notice": ("PublicNotice", "pk"),
    "visits:team_year": ("LiaisonTeam", "pk"),
    "visits:village_year": ("Village", "code"),
    "visits:change_round": ("VisitRound", "pk"),
    "visits:switch_round": ("VisitRound", "pk"),
    "visits:walk": VILLAGE_OF_A_ROUND,
    "visits:round_map": VILLAGE_OF_A_ROUND,
    "visits:village_map": ("Village", "code"),
    "visits:house_points": ("Village", "code"),
    "reports:round": ("VisitRound", "pk"),
    "reports:round_village": VILLAGE_OF_A_ROUND,
    "visits:revoke_feed": ("CalendarFeed", "pk"),
    "visits:feed": ("CalendarFeed", "token"),
    "villages:village": ("Village", "code"),
    "villages:household": ("Household", "pk"),
    "villages:edit_household": ("Household", "pk"),
    "villages:add_resident": ("Household", "pk"),
    "villages:edit_resident": ("Resident", "pk"),
    "villages:reveal": ("Resident", "pk"),
    "villages:resident": ("Resident", "pk"),
    "villages:return_to_roll": ("Resident", "pk"),
    "villages:merge_people": ("Resident", "pk"),
    "villages:give_tag": ("Resident", "pk"),
    "villages:end_tag": ("TagHolding", "pk"),
    **{f"villages:{act}": ("Household", "pk") for act in life.ACTS},
    "imports:batch": ("ImportBatch", "pk"),
    "imports:lines": ("ImportBatch", "pk"),
    "imports:columns": ("ImportBatch", "pk"),
    "imports:header": ("ImportBatch", "pk"),
    "imports:problems": ("ImportBatch", "pk"),
    "imports:progress": ("ImportBatch", "pk"),
    "imports:confirm": ("ImportBatch", "pk"),
    "imports:discard": ("ImportBatch", "pk"),
    "imports:cancel": ("ImportBatch", "pk"),
    "imports:undo": ("ImportBatch", "pk"),
    "imports:cancel_job": ("Job", "pk"),
    "grievances:policy_edit": ("DeadlinePolicy", "pk"),
    **{f"meetings:{page}": ("Meeting", "pk") for page in MEETING_PAGES},
    "settings:supervision-rules_edit": ("SupervisionRule", "pk"),
    "grievances:triaged": ("Triage", "pk"),
    "grievances:band_edit": ("AlertBand", "pk"),
    "grievances:extension_decide": ("Extension", "pk"),
    "grievances:extension_told": ("Extension", "pk"),
    "grievances:extension_withdraw": ("Extension", "pk"),
    "grievances:attachment": ("MatterFile", "pk"),
    "grievances:attachment_remove": ("MatterFile", "pk"),
    **{
        f"grievances:publication{end}": ("Publication", "pk")
        for end in ("", "_hang", "_take_down", "_drop", "_poster", "_pdf", "_xlsx")
    },
}
BEHIND |= {name: ("Grievance", "number") for name in ROUTES if PARAMETERS[name] == ["number"]}
BEHIND |= {
    f"settings:{key}_{page}": (model, "pk")
    for key, model in {
        "categories": "Category",
        "sources": "Source",
        "decline-reasons": "DeclineReason",
        "settlement-methods": "SettlementMethod",
        "suspend-reasons": "SuspendReason",
        "tags": "ResidentTag",
        "need-kinds": "NeedKind",
        "wish-kinds": "WishKind",
        "routing": "RoutingRule",
        "rungs": "Rung",
    }.items()
    for page in ("edit", "switch")
}
MISSING = {"pk": 987654321, "code": "999999999999", "number": "100-1999-9999", "token": "no"}


def behind(name):
    """The (model, field) behind each parameter of an address."""
    assert name in BEHIND, (
        f"{name} is new: say in BEHIND which row stands behind its parameter {PARAMETERS[name]}, "
        "and put such a row into tests/lived_in.py"
    )
    said = BEHIND[name]
    return said if isinstance(said[0], tuple) else (said,)


def address(name, rows=None, values=None):
    """An address with the rows' own values for its parameters, or others: {field: value}."""
    pairs = behind(name) if PARAMETERS[name] else ()
    args = [
        values[field] if rows is None else getattr(rows[model], field) for model, field in pairs
    ]
    return reverse(name, args=args)


@contextmanager
def undone():
    """What happens inside leaves no trace: the next role finds the rows as they were."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def enter(user):
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="cadres.backends.RoleBackend")
    return client


def ask(client, method, url, data=None):
    """One request whose traces are undone, the sentence it leaves for the next page included."""
    client.cookies.pop("messages", None)
    with undone():
        return getattr(client, method)(url, data or {})


def text(response):
    """A page without what differs on every answer."""
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content).decode("utf-8", "replace")
    page = response.content.decode("utf-8", "replace")
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", page)


@pytest.fixture
def cast(everybody, ours, theirs):
    """Everybody, in a township where something has happened; and the other one. 吴 answers for a household."""
    ours["Representative"].user = everybody.contact
    ours["Representative"].save()
    return {name: getattr(everybody, name) for name in ROLES}


def sees(user, row):
    """Whether a person's lists may hold this row; a line of a shared code list is nobody's own."""
    rows = type(row).objects.all()
    return not hasattr(rows, "visible_to") or rows.visible_to(user).filter(pk=row.pk).exists()


def sees_all(user, name, rows):
    """Whether a person's lists may hold each row an address names."""
    return all(sees(user, rows[model]) for model, _ in behind(name))


def somebody(cast, name, rows):
    """Somebody who may open an address, and sees the row behind it."""
    for user in cast.values():
        if not access.permitted(user, access.declared_access(ROUTES[name])):
            continue
        if not PARAMETERS[name] or sees_all(user, name, rows):
            return user
    raise AssertionError(f"nobody of the cast may open {name}")


def is_list(name):
    """Whether an address is a list of the house."""
    return issubclass(getattr(ROUTES[name], "view_class", object), ListView)
