"""Every address with a matter's number is closed to who is not named in a confidential matter, whatever the method.

The addresses come from the resolver: one that is new is walked from its first day. What a
confidential matter's pages say to its readers is in ``test_confidential_readers.py``, what no other page
says of it in ``test_confidential.py``.
"""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from cadres.models import Notice, Seat
from cadres.roles import Role
from conftest import appoint
from grievances import actions
from grievances.models import Category, ClosedNumber, Grievance, Source, Step
from liaison import access, clock
from liaison.idempotency import new_key
from tests.addresses import MISSING, PARAMETERS, ROUTES, ask, enter, text

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

NUMBERED = sorted(name for name in ROUTES if "number" in PARAMETERS[name])
METHODS = ("get", "post")
SUMMARY = "铁皮棚回扣"
# A code of a village and the key of a feed: no number of a matter
OTHER_TEXTS = {"code", "token"}
# His lead, a colleague of another village, the office, who wrote it down, a leader it was not
# given to, a handler, and those who read no ledger at all
NOT_NAMED = (
    "li", "wang", "zhao", "sun", "lyu", "chen", "contact", "county", "admin", "auditor", "qian",
)  # fmt: skip


@pytest.fixture
def town(everybody, qingshan):
    """The cast, with 冯 in 李's team, and 吕 the second of the leaders."""
    people = SimpleNamespace(**vars(everybody))
    people.feng = appoint(qingshan, "feng", "冯军", Role.CADRE, title="石桥村驻点干部")
    Seat.objects.create(team=people.li.team, post=people.feng.post, kind=Seat.Kind.MEMBER)
    people.lyu = appoint(qingshan, "lyu", "吕和", Role.LEADER, title="纪委书记")
    return people


@pytest.fixture
def matter(town, shiqiao):
    """A 举报 of 冯 that 孙 wrote down and 周 took up."""
    on, now = clock.today(), timezone.now()
    row = actions.confide(
        by=town.sun, on=on, now=now, village=shiqiao, summary=SUMMARY, ground="report",
        category=Category.objects.first(), source=Source.objects.first(), people=[town.feng],
    )  # fmt: skip
    return actions.accept(grievance=row, by=town.zhou, on=on, now=now, version=None)


def url_of(name, number):
    return reverse(name, kwargs={"number": number})


def filled(matter):
    """A form that would be taken for most acts, were it taken at all."""
    day = clock.today().isoformat()
    return {
        "form_key": new_key(), "version": matter.version, "on": day, "words": "看看", "reason": "看看",
        "mode": "oral", "level": "plain", "kind": "on_site", "answer": "satisfied", "until": day,
    }  # fmt: skip


def _declared(name):
    return access.declared_access(ROUTES[name])


def left_behind():
    """What somebody's asking could have changed."""
    matters = Grievance.every.order_by("pk").values_list("version", "status", "number")
    return [*matters], Step.objects.count(), Notice.objects.count()


def test_there_are_numbered_addresses_of_every_sort():
    """Else the walks below would prove nothing."""
    assert len(NUMBERED) > 50
    ends = {name.partition(":")[2] for name in NUMBERED}
    assert ends >= {"detail", "accept", "reveal", "extend", "file", "paper_reply_letter", "accuse"}


def test_no_address_takes_a_matters_number_by_another_name():
    """A parameter of text by another name would escape the walk."""
    patterns = " ".join(pattern for pattern, _, _ in access.all_routes())
    assert set(re.findall(r"<(?:str|slug|path):(\w+)>", patterns)) == {"number"} | OTHER_TEXTS


def test_the_accused_finds_nothing_at_any_address_by_any_method(town, matter):
    """404 word for word as for a number that never was; 403 only where his role has no door at all."""
    client, before, found = enter(town.feng), left_behind(), set()
    for name in NUMBERED:
        permitted = access.permitted(town.feng, _declared(name))
        for method in METHODS:
            answer = ask(client, method, url_of(name, matter.number), filled(matter))
            none = ask(client, method, url_of(name, MISSING["number"]), filled(matter))
            assert answer.status_code == (404 if permitted else 403), (method, name)
            said = text(answer).replace(matter.number, MISSING["number"])
            assert said == text(none), (method, name)
            found.add(answer.status_code)
    assert (left_behind(), found) == (before, {404, 403})


@pytest.mark.parametrize("who", NOT_NAMED)
def test_whoever_is_not_named_finds_nothing_either(town, matter, who):
    """404, or the 403 of the door for whose role has none; the methods take turns, no two people in step."""
    user, before = getattr(town, who), left_behind()
    client, reads = enter(user), 0
    for at, name in enumerate(NUMBERED, NOT_NAMED.index(who)):
        permitted, method = access.permitted(user, _declared(name)), METHODS[at % 2]
        reads += permitted
        answer = ask(client, method, url_of(name, matter.number), filled(matter))
        assert answer.status_code == (404 if permitted else 403), (method, name)
        assert SUMMARY not in text(answer)
    assert left_behind() == before
    assert (reads > 40) is (who not in ("contact", "county", "admin", "auditor"))


@pytest.mark.parametrize("method", METHODS)
def test_one_of_its_readers_finds_each_of_them(town, matter, method):
    """The same walk by 周, on whose desk it lies, and two he named: else nobody's 404 would prove anything."""
    named = {"on": clock.today(), "now": timezone.now(), "version": None, "reason": "协助"}
    for reader in (town.chen, town.zhao):
        actions.name_reader(grievance=matter, by=town.zhou, user=reader, **named)
    clients = [(user, enter(user)) for user in (town.zhou, town.chen, town.zhao)]
    for name in NUMBERED:
        client = next(c for user, c in clients if access.permitted(user, _declared(name)))
        answer = ask(client, method, url_of(name, matter.number), filled(matter))
        assert answer.status_code not in (403, 404, 500), name


def test_a_number_it_gave_up_says_at_no_address_what_it_became(town, shiqiao):
    """Made confidential later: the old number answers with one sentence or not at all, and leads nowhere."""
    on, now = clock.today(), timezone.now()
    row = actions.register(
        by=town.li, on=on, now=now, village=shiqiao, summary=SUMMARY, kind="complaint",
        category=Category.objects.first(), source=Source.objects.first(),
    )  # fmt: skip
    raised = {"on": on, "now": now, "version": None, "ground": "named", "reason": "点名"}
    matter = actions.make_confidential(grievance=row, by=town.li, people=[town.feng], **raised)
    public = ClosedNumber.objects.get().number
    for start, who in enumerate(("feng", "li", "zhao", "zhou")):
        client = enter(getattr(town, who))
        for at, name in enumerate(NUMBERED, start):
            answer = ask(client, METHODS[at % 2], url_of(name, public), filled(matter))
            said = text(answer)
            assert answer.status_code in (403, 404) or "本编号已转其他渠道办理" in said, (who, name)
            assert SUMMARY not in said and matter.number not in said, (who, name)
