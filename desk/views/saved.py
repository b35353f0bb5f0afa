"""What a save made: the rows of a day, or of visits outside one, with their ledger numbers."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse

from grievances.guessing import guess_told
from grievances.models import Grievance, Step
from liaison.access import allow
from liaison.scoping import get_visible_or_404
from visits.models import LiaisonSession, NeedLine, Proposal, Visit


@allow("visits.view")
def day_saved(request, pk):
    """/sessions/<pk>/saved/?from=1&to=5 — lines of a day."""
    days = LiaisonSession.objects.select_related("village")
    session = get_visible_or_404(days, request.user, pk=pk)
    first, last = asked_range(request)
    rows = with_reasons(saved_rows(session, request.user, line__gte=first, line__lte=last))
    back = reverse("desk:day", args=[pk])
    crumbs = (("驻点日", "visits:sessions"), (str(session.village), back))
    head = {"session": session, "village": session.village, "on": session.on}
    return _answer(request, rows, crumbs=crumbs, back=back, **head)


@allow("visits.log")
def visits_saved(request):
    """/visits/saved/?from=17&to=19 — one's own visits outside a day, by the numbers they were given."""
    first, last = asked_range(request)
    rows = Visit.objects.visible_to(request.user).filter(
        session=None, entered_by=request.user, pk__gte=first, pk__lte=last
    )
    rows = with_reasons(with_matters(rows.select_related("village"), request.user)[:60])
    crumbs = (("走访记录", "visits:visits"),)
    head = {"village": rows[0].village, "on": rows[0].occurred_on} if rows else {}
    return _answer(request, rows, crumbs=crumbs, back=reverse("visits:log"), **head)


def _answer(request, rows, **more):
    matters = [matter for row in rows for matter in row.matters]
    context = {"title": "已保存", "rows": rows, "matters": matters, **more}
    return render(request, "desk/saved.html", context)


def saved_rows(session, user, **lines):
    """The day's rows in their order, each with ``matters``: the ledger rows this person may see.

    Args:
        lines: more conditions on the rows, e.g. ``line__gte=3``.
    """
    return with_matters(Visit.objects.visible_to(user).filter(session=session, **lines), user)


def with_matters(rows, user):
    """Visits in the order of their lines, each with ``matters``, ``noted_proposals`` and ``noted_needs`` (lines)."""
    matters = Grievance.objects.visible_to(user).select_related("category").order_by("pk")
    rows = rows.select_related("household__group").order_by("line", "pk")
    proposals = Proposal.objects.visible_to(user).order_by("pk")
    needs = NeedLine.objects.visible_to(user).select_related("need__kind", "need__department")
    return rows.prefetch_related(
        Prefetch("grievances", matters, to_attr="matters"),
        Prefetch("proposals", proposals, to_attr="noted_proposals"),
        Prefetch("need_lines", needs.order_by("pk"), to_attr="noted_needs"),
    )


def with_reasons(rows) -> list[Visit]:
    """Those rows; each matter says in ``guessed`` why it was put into its category, if nobody chose it."""
    rows = list(rows)
    matters = {matter.pk: matter for row in rows for matter in row.matters}
    steps = Step.objects.filter(grievance__in=matters, act="register")
    for step in steps.only("grievance_id", "words"):
        matters[step.grievance_id].guessed = guess_told(step.words)
    return rows


def asked_range(request) -> tuple[int, int]:
    """The two numbers of an address; nonsense is 0."""
    return _number(request.GET.get("from")), _number(request.GET.get("to"))


def _number(text) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 16 else 0
