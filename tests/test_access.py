"""Every address × every role × every method × own, foreign and missing rows.

The list of addresses comes from the resolver: a new one is tested from its first day, and fails
here until it says who may use it and which row stands behind its parameter.
"""

import re
from contextlib import contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, path, reverse

from liaison import access
from liaison.lists import ListView
from villages.views import life
from visits.models.wish_states import ACTS

pytestmark = pytest.mark.wide

ROUTES = {name: view for _, name, view in access.all_routes()}
PARAMETERS = {
    name: re.findall(r"<(?:\w+:)?(\w+)>", pattern) for pattern, name, _ in access.all_routes()
}
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
HUGE = {"pk": 9**25, "code": "9" * 300, "number": "9" * 300, "token": "9" * 300}


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


# --- What is declared -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ROUTES)
def test_every_address_says_who_may_use_it(name):
    declared = access.declared_access(ROUTES[name])
    assert declared in (access.OPEN, access.SIGNED_IN) or re.fullmatch(r"\w+\.\w+", declared)


def test_every_permission_is_held_by_somebody(cast):
    asked = {access.declared_access(view) for view in ROUTES.values()}
    held = set().union(*(user.role_permissions for user in cast.values()))
    assert asked - held == {access.OPEN, access.SIGNED_IN, access.CONFIDENTIAL}


def test_an_undeclared_address_is_never_served(client, monkeypatch):
    def forgetful(request):
        raise AssertionError("served")

    resolver = get_resolver()
    monkeypatch.setattr(
        resolver, "url_patterns", [*resolver.url_patterns, path("forgotten/", forgetful)]
    )
    resolver._populate()
    with pytest.raises(ImproperlyConfigured, match="forgetful declares no access"):
        client.get("/forgotten/")


def test_few_addresses_are_open():
    open_ones = {n for n, view in ROUTES.items() if access.declared_access(view) == access.OPEN}
    assert open_ones == {
        "accounts:login", "accounts:logout", "desk:offline", "desk:offline_worker", "healthz",
        "visits:feed",
    }  # fmt: skip


# --- Who comes in ---------------------------------------------------------------------------


def test_a_stranger_is_led_to_the_log_in(ours):
    client = Client(raise_request_exception=False)
    for name, view in ROUTES.items():
        for method in ("get", "post", "put", "delete", "head", "options"):
            answer = ask(client, method, address(name, ours))
            if access.declared_access(view) == access.OPEN:
                assert answer.status_code < 500, (method, name)
            else:
                assert answer.status_code == 302, (method, name)
                assert answer["Location"].startswith("/accounts/login/?next="), (method, name)


def _missing(name):
    return address(name, values=MISSING)


@pytest.mark.parametrize("who", ROLES)
def test_without_the_permission_every_row_answers_403(cast, ours, theirs, who):
    client, asked = enter(cast[who]), 0
    for at, (name, view) in enumerate(ROUTES.items(), ROLES.index(who)):
        declared = access.declared_access(view)
        if access.permitted(cast[who], declared):
            continue
        # What rows open and no role is not there for anybody else
        refused = 404 if access.is_by_rows(declared) else 403
        # The gate stands before the view: which row and which method make no difference to it, so the roles
        # share them.
        ways = (
            ("get", address(name, ours)), ("post", address(name, theirs)), ("put", _missing(name)),
        )  # fmt: skip
        method, url = ways[at % 3]
        asked += 1
        assert ask(client, method, url).status_code == refused, (method, url)
    assert asked


WITH_ROWS = [name for name in ROUTES if PARAMETERS[name]]


def sees(user, row):
    """Whether a person's lists may hold this row; a line of a shared code list is nobody's own."""
    rows = type(row).objects.all()
    return not hasattr(rows, "visible_to") or rows.visible_to(user).filter(pk=row.pk).exists()


def sees_all(user, name, rows):
    """Whether a person's lists may hold each row an address names."""
    return all(sees(user, rows[model]) for model, _ in behind(name))


# One of each territory: 王 is a cadre as 李 is, 周 reads the township as 孙 does, 赵 his as 钱 his own.
TERRITORIES = [who for who in ROLES if who not in ("wang", "zhou", "zhao")]


@pytest.mark.parametrize("who", TERRITORIES)
def test_a_foreign_row_answers_as_a_missing_one(cast, ours, theirs, who):
    client, user = enter(cast[who]), cast[who]
    for at, name in enumerate(WITH_ROWS, TERRITORIES.index(who)):
        declared = access.declared_access(ROUTES[name])
        if declared == access.OPEN:  # the address itself is the key: visits/tests/test_feeds.py
            continue
        if not access.permitted(user, declared):
            continue
        for method in (("get", "post")[at % 2],):  # the territories take turns
            missing = ask(client, method, _missing(name))
            assert missing.status_code in (404, 405), (method, name)
            for rows in (ours, theirs):
                answer = ask(client, method, address(name, rows))
                if sees_all(user, name, rows):
                    # Reading may be wider than writing: then a POST is 403, but never 404
                    refused = (404, 500) if method == "post" else (403, 404, 500)
                    assert answer.status_code not in refused, (method, name)
                else:
                    assert answer.status_code == missing.status_code, (method, name)
                    assert text(answer) == text(missing), (method, name)


def test_a_key_beyond_all_numbers_is_a_missing_row(cast, ours):
    for at, name in enumerate(WITH_ROWS):
        client, huge = enter(somebody(cast, name, ours)), address(name, values=HUGE)
        method = ("get", "post")[at % 2]
        missing = ask(client, method, _missing(name)).status_code
        assert ask(client, method, huge).status_code == missing, (method, name)


def test_somebody_of_the_cast_sees_each_row(cast, ours):
    """Else the test above would prove nothing."""
    assert all(somebody(cast, name, ours) for name in WITH_ROWS)


@pytest.mark.parametrize("who", ROLES)
def test_whoever_may_use_a_page_gets_it(cast, who):
    client = enter(cast[who])
    for name, view in ROUTES.items():
        if PARAMETERS[name] or not access.permitted(cast[who], access.declared_access(view)):
            continue
        assert ask(client, "get", address(name)).status_code not in (403, 404, 500), name


def test_an_empty_form_sent_to_a_page_breaks_nothing(cast, ours):
    for name in ROUTES:
        if not PARAMETERS[name]:
            client = enter(somebody(cast, name, ours))
            assert ask(client, "post", address(name)).status_code not in (403, 404, 500), name


# --- What comes in --------------------------------------------------------------------------

NONSENSE = (
    str(9**20), "-1", "0", "1.5", "abc", "'\"<script>alert(1)</script>", "%", "\\", "2026-13-45",
    "0001-01-01", "9999-12-31", "9999-99", "0000-00", "x" * 3000, "~~", "é\u202e", "\U0001f600", "１２",
)  # fmt: skip
USUAL = (
    "page", "page_size", "order", "after", "before", "last", "format", "q", "village", "period",
    "year", "month", "from", "to", "on", "session", "household", "group", "n",
)  # fmt: skip
ROOMS = sorted({name.split(":")[0] for name in ROUTES})


def room(prefix):
    """The addresses of one app."""
    return [name for name in ROUTES if name.split(":")[0] == prefix]


def parameters_of(view):
    """Names a page may read from its address: those of its query block, and the usual ones."""
    filterset = getattr(getattr(view, "view_class", None), "filterset_class", None)
    names = list(filterset.base_filters) if filterset else []
    names += [f"{name}_{end}" for name in names for end in ("after", "before", "min", "max")]
    return list(dict.fromkeys([*names, *USUAL]))


def dealt(names):
    """Nonsense for all these names at once, and dealt round so that each meets each."""
    for turn in range(len(NONSENSE)):
        yield dict.fromkeys(names, NONSENSE[turn])
        yield {name: NONSENSE[(turn + place) % len(NONSENSE)] for place, name in enumerate(names)}


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


@pytest.mark.parametrize("prefix", ROOMS)
def test_nonsense_in_the_address_breaks_nothing(cast, ours, prefix):
    for name in room(prefix):
        client, url = enter(somebody(cast, name, ours)), address(name, ours)
        names = parameters_of(ROUTES[name])
        every = 5 if is_list(name) else 11  # odd: both kinds take turns
        for data in list(dealt(names))[::every]:
            answer = ask(client, "get", url, data)
            assert answer.status_code < 500, (name, data)
            assert "<script>alert(1)" not in text(answer), name


def test_each_filter_alone_takes_the_ends_of_time(cast, ours):
    """Alone: one refused field would hide what another does."""
    for name in filter(is_list, ROUTES):
        client, url = enter(somebody(cast, name, ours)), address(name, ours)
        for one in ROUTES[name].view_class.filterset_class.base_filters:
            for end in ("0001-01-01", "9999-12-31", str(9**20)):
                assert ask(client, "get", url, {one: end}).status_code < 500, (name, one, end)


@pytest.mark.parametrize("prefix", ROOMS)
def test_nonsense_in_a_form_breaks_nothing(cast, ours, prefix):
    """Each name a page's own form has, filled with nonsense; and a few usual names."""
    for name in room(prefix):
        client, url = enter(somebody(cast, name, ours)), address(name, ours)
        shown = ask(client, "get", url)
        names = re.findall(r'name="([^"]+)"', text(shown)) if shown.status_code == 200 else []
        names = sorted({*names, "version", "form_key", "reason", "words", "on"})
        for data in list(dealt(names))[::17]:
            assert ask(client, "post", url, data).status_code < 500, (name, data)


def test_a_nul_byte_is_refused(cast, ours):
    """In the address, in a value and in a name; the addresses take turns."""
    for at, name in enumerate(ROUTES):
        client, url = enter(somebody(cast, name, ours)), address(name, ours)
        if at % 3 == 0:
            assert client.get(f"{url}?q=a%00b").status_code == 400, name
        else:
            sent = {"words": "a\x00b"} if at % 3 == 1 else {"a\x00b": "words"}
            assert client.post(url, sent).status_code == 400, name


LISTS = [name for name in ROUTES if is_list(name)]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_to_its_last_page_and_answers_htmx_with_rows_alone(cast, ours, name):
    client = enter(somebody(cast, name, ours))
    answer = client.get(address(name, ours), {"page": 9**20})
    assert answer.status_code == 200
    assert answer.context["page"].number == answer.context["page"].pages
    part = client.get(address(name, ours), headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


# --- The table of the command ---------------------------------------------------------------


def test_the_command_prints_every_address_and_who_may(capsys):
    from django.core.management import call_command

    call_command("routes")
    said = capsys.readouterr().out
    assert len(said.strip().splitlines()) == len(list(access.all_routes()))
    line = next(one for one in said.splitlines() if " accounts:users " in one)
    assert line.endswith("系统管理员")
    assert "无人" not in said
