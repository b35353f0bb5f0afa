"""What is asked one by one: states of matters, liaison days, households, the calendar."""

from django.db.models import Count, Min
from django.urls import reverse

from cadres.link_rows import in_state
from cadres.models import HouseholdLink
from cadres.reference import NationalDays
from cadres.roles import Role
from cadres.workcalendar import year_wanted
from grievances.analyses import villages_without
from grievances.desks import left_over
from grievances.models import Grievance, Status
from grievances.models.states import SETTLED
from grievances.publishing.weekly import lists_due
from villages.models import Household
from visits.contacting import due_today
from visits.models import LiaisonSession
from visits.posting import due
from visits.rounds import current_round, missing
from visits.rules import days_to_confirm, days_to_escalate

from . import waiting as w
from .line import DAY, Todo, link

LEDGER = "grievances:ledger"


def by_status(user, wanted) -> dict:
    """{state: 件} of the states wanted, in one query."""
    rows = Grievance.objects.visible_to(user).filter(status__in=wanted).done_here().order_by()
    return dict(rows.values_list("status").annotate(Count("pk"))) if wanted else {}


def standing(what, counts) -> Todo | None:
    """Matters that stand at a state; of the rare ones only while there are any."""
    count = counts.get(what, 0)
    if what in w.RARE and not count:
        return None
    asked = {"status": str(what)} | ({"done_here": 1} if what in SETTLED else {})
    words = w.WORDS.get(what) or str(Status(what).label)
    return Todo(words, count, "件", link(LEDGER, asked))


def fallen(user, on) -> dict[str, Todo]:
    """What nobody below is there for, and what waits for a leader himself, as far as there is any."""
    return {
        what: Todo(w.WORDS[what], count, "件", link(LEDGER, w.FALLEN[what]), True)
        for what, count in left_over(user, on).items()
        if count
    }


def named(user) -> Todo | None:
    """Confidential matters on their way that name him; nobody else has this line, and it says but the number."""
    rows = Grievance.every.naming(user).on_their_way()
    count = rows.count() if user.is_marked("confidential") else 0
    page = reverse("grievances:confidential")
    return Todo("有需您办理的事项", count, "件", page) if count else None


def _overdue(user, on, now):
    count = Grievance.objects.visible_to(user).overdue(now).count()
    return Todo(w.WORDS[w.OVERDUE], count, "件", link(LEDGER, {"state": "overdue"}), bool(count))


def _promised(user, on, now) -> Todo | None:
    """What was promised by a day and not answered; shown only while there is any."""
    rows = Grievance.objects.visible_to(user).promised().order_by()
    told = rows.aggregate(count=Count("pk"), first=Min("promise_due_on"))
    if not told["count"]:
        return None
    page = link(LEDGER, {"promise": "open"})
    return Todo(w.WORDS[w.PROMISED], told["count"], "件", page, told["first"] < on)


def _days(what, count, asked):
    return Todo(w.WORDS[what], count, "天", link("visits:sessions", asked), bool(count))


def _unwritten(user, on, now):
    count = LiaisonSession.objects.visible_to(user).unwritten(on).count()
    return _days(w.UNWRITTEN, count, {"status": "planned", "on_to": on - DAY})


def _confirm(user, on, now):
    days = LiaisonSession.objects.visible_to(user)
    count = days.unconfirmed_for(now, days_to_confirm(on)).led_by(user).count()
    if not count and Role.CADRE not in user.roles:
        return None  # a leader of the township who leads no team
    return _days(w.CONFIRM, count, {"confirm": "lead"})


def _unconfirmed(user, on, now):
    days = LiaisonSession.objects.visible_to(user)
    count = days.unconfirmed_for(now, days_to_escalate(on)).count()
    return _days(w.UNCONFIRMED, count, {"confirm": "office"})


def _untold(user, on, now):
    return Todo(w.WORDS[w.UNTOLD], due(user, on).count(), "天", reverse("visits:public_notices"))


def _mine(user, on, now):
    """As the list shows them: one that was cancelled since stays linked for its history, and is not there."""
    rows = Household.objects.visible_to(user).exclude(residence=Household.Residence.CANCELLED)
    count = rows.count()
    return Todo(w.WORDS[w.MINE], count, "户", reverse("villages:households"))


def _round(user, on, now) -> Todo | None:
    """Households the newest round under way has not reached in one's villages; None where none is."""
    visit_round = current_round(user, on)
    if visit_round is None:
        return None
    count = missing(Household.objects.visible_to(user), visit_round).count()
    asked = {"round": visit_round.pk, "reached": "no", "order": "longest"}
    return Todo(w.WORDS[w.ROUND], count, "户", link("visits:coverage", asked))


def _due(user, on, now) -> Todo:
    """By the contact intervals; of the whole village for a cadre, of his households for a contact."""
    rows = Household.objects.visible_to(user).resident()
    count = due_today(rows, user, on).count()
    return Todo(w.WORDS[w.DUE], count, "户", reverse("visits:due"))


def _unlinked(user, on, now) -> Todo | None:
    """None for an office that does not link households at all."""
    if not HouseholdLink.objects.visible_to(user, "cadres.manage_links").exists():
        return None
    rows = Household.objects.visible_to(user, "cadres.view_links")
    count = in_state(rows, "none", on).count()
    return Todo(w.WORDS[w.UNLINKED], count, "户", link("cadres:links", {"state": "none"}))


def _unhung(user, on, now) -> Todo | None:
    """From the township's weekday on, until both lists of this week hang."""
    count, page = lists_due(user, on), reverse("grievances:publications_due")
    return Todo(w.WORDS[w.UNHUNG], count, "份", page) if count else None


def _unanalysed(user, on, now) -> Todo | None:
    """From the day of the township's own 例会 on, until the village's minutes are there."""
    count, page = villages_without(user, on).count(), reverse("meetings:missing")
    return Todo(w.WORDS[w.UNANALYSED], count, "个", page) if count else None


def _next_year(user, on, now) -> Todo | None:
    """From November on, while next year's work calendar is missing: where this person publishes it, or sees it."""
    year = year_wanted(on)
    if year is None:
        return None
    publishes = NationalDays().may_change(user)
    url = reverse("settings:years_notice") if publishes else link("cadres:calendar", {"year": year})
    return Todo(f"{year}年工作日历待发布", 1, "年", url, is_late=True)


ALWAYS = {
    w.OVERDUE: _overdue,
    w.PROMISED: _promised,
    w.UNWRITTEN: _unwritten,
    w.CONFIRM: _confirm,
    w.UNCONFIRMED: _unconfirmed,
    w.UNTOLD: _untold,
    w.MINE: _mine,
    w.ROUND: _round,
    w.DUE: _due,
    w.UNLINKED: _unlinked,
    w.UNHUNG: _unhung,
    w.UNANALYSED: _unanalysed,
    w.NEXT_YEAR: _next_year,
}
