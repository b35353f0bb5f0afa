"""/sessions/<pk>/ — one liaison day on one page, saved in one act."""

from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from desk import forms
from desk.actions import save_liaison_day
from desk.day_facts import DayFacts
from grievances.models import Grievance
from liaison import clock, errors
from liaison.access import allow
from liaison.errors import DifferentContent, NotAllowed, Stale
from liaison.idempotency import submit_once
from liaison.lists import wants_fragment
from liaison.scoping import get_visible_or_404
from visits.attendance import may_confirm, may_write_up, seats_of
from visits.models import LiaisonSession, Visit

SHOWN = 20  # saved rows; a day of more has them all in the list of visits
NOBODY_MET = "没有填写走访接待。只确认考勤的，请再点一次“保存”。"
CRUMBS = (("驻点日", "visits:sessions"),)


class LiaisonDay(View):
    """The page of one day: who sat there, who came, which households, what was asked."""

    access = "visits.view"

    def dispatch(self, request, *args, **kwargs):
        self.session = find_session(request.user, kwargs["pk"])
        self.writes = may_write_up(self.session, request.user, clock.now())
        self.facts = DayFacts(self.session, request.user, clock.now())
        self.sheet = seats_of(self.session)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.answer(self.page(None))

    def post(self, request, pk):
        if not self.writes:
            return errors.forbidden(request)
        if "more" in request.POST:
            return self.answer(self.page(more_rows(request.POST)))
        page = self.page(request.POST)
        if not page.is_valid():
            page.renew()
            return self.answer(page, 422, checked=True)
        if page.confirms_unasked():
            page.ask()
            return self.answer(page, 422, question=NOBODY_MET)
        return self.attempt(page)

    def page(self, data):
        """The form: without the sheet for whom it is not (any more) to fill in."""
        mends = self.writes and (
            not self.session.is_confirmed
            or may_confirm(self.session, self.request.user, clock.now())
        )
        return forms.DayPage(
            self.session, self.sheet if mends else [], data, self.facts.to_meet if mends else None
        )

    def attempt(self, page):
        """Save; every way it can be refused keeps what was typed."""
        try:
            outcome = submit_once(
                key=page.form.cleaned_data["form_key"],
                user=self.request.user,
                purpose=f"day:{self.session.pk}",
                content=page.content(),
                do=lambda: self.save(page),
            )
        except DifferentContent as difference:
            return whole_page(self.request, errors.conflict(self.request, difference))
        except Stale as stale:
            return self.stale(page, stale.current)
        except NotAllowed as refusal:
            return self.answer(page, 422, refusal=str(refusal), checked=True)
        return go_to(self.request, outcome.url)

    def save(self, page):
        """Store the day; returns the address of the answer: which lines were made."""
        made = save_liaison_day(
            session=self.session,
            by=self.request.user,
            now=clock.now(),
            version=page.form.cleaned_data["version"],
            marks=page.marks(),
            entries=page.entries(),
            amend_reason=page.form.cleaned_data["amend_reason"],
        )
        lines = {"from": made[0].visit.line, "to": made[-1].visit.line} if made else {}
        return f"{reverse('desk:day_saved', args=[self.session.pk])}?{urlencode(lines)}".rstrip("?")

    def stale(self, page, current):
        """409: what a colleague saved meanwhile beside what stands here; saving again means it."""
        self.session = find_session(self.request.user, current.pk)
        seats = {seat.post.pk: seat for seat in seats_of(self.session)}
        page.renew(current.version)
        return self.answer(page, 409, differences=self.differences(page, seats), checked=True)

    def differences(self, page, seats):
        """[{label, theirs, yours}]: the state, and every seat marked otherwise."""
        by = self.session.confirmed_by
        said = f"{self.session.get_status_display()}{f'({by})' if by else ''}"
        rows = [{"label": "状态", "theirs": said, "yours": "已驻点"}]
        for form in page.seats:
            line, mark = seats[form.seat.post.pk].line, form.seat_mark().tidy()
            theirs, yours = line.in_words() if line else "未填", form.in_words()
            if not line or seats[form.seat.post.pk].expected() != mark:
                label = f"{form.seat.person_name} {form.seat.post_title}".strip()
                rows.append({"label": label, "theirs": theirs, "yours": yours})
        return rows

    def answer(self, page, status=200, **more):
        """The page with the rows saved last."""
        rows = saved_rows(self.session, self.request.user)
        saved = list(rows.reverse()[:SHOWN])[::-1]
        context = {
            "title": f"{self.session.village}{day_word(self.session)}",
            "day_word": day_word(self.session),
            "facts": self.facts,
            "sheet": self.sheet,
            "crumbs": CRUMBS,
            "session": self.session,
            "page": page,
            "is_confirmer": page.seats and self.facts.arranges,
            "saved": saved,
            "saved_count": len(saved) if len(saved) < SHOWN else rows.count(),
            "writes": self.writes,
            "has_come": self.session.on <= clock.today(),
            "more_rows": forms.MORE_ROWS,
            **more,
        }
        return render(self.request, "desk/day.html", context, status=status)


@allow("visits.view")
def day_saved(request, pk):
    """/sessions/<pk>/saved/?from=1&to=5 — what the last save made, with ledger numbers."""
    session = find_session(request.user, pk)
    first, last = (_line(request.GET.get(name)) for name in ("from", "to"))
    rows = list(saved_rows(session, request.user, line__gte=first, line__lte=last))
    matters = [matter for row in rows for matter in row.matters]
    context = {
        "title": "已保存",
        "crumbs": (*CRUMBS, (str(session.village), reverse("desk:day", args=[pk]))),
        "session": session,
        "rows": rows,
        "matters": matters,
    }
    return render(request, "desk/day_saved.html", context)


@allow("visits.log")
def more_entries(request, pk):
    """/sessions/<pk>/rows/ — a few more blank rows, for htmx to put below the others."""
    session = find_session(request.user, pk)
    start = min(_line(request.GET.get("row-TOTAL_FORMS")), forms.MOST_ROWS)
    end = min(start + forms.MORE_ROWS, forms.MOST_ROWS)
    given = {
        "village": session.village, "lists": forms.code_lists(), "mode": session.usual_mode,
    }  # fmt: skip
    rows = [forms.EntryForm(prefix=f"row-{at}", **given) for at in range(start, end)]
    context = {"rows": rows, "start": start, "end": end, "most": forms.MOST_ROWS}
    return render(request, "desk/_more_entries.html", context)


def day_word(session) -> str:
    """驻点日, or the special form it is."""
    regular = session.kind == LiaisonSession.Kind.REGULAR
    return "驻点日" if regular else session.get_kind_display()


def find_session(user, pk):
    """The day, if it is of one's villages; 404 otherwise."""
    rows = LiaisonSession.objects.select_related(
        "village__township", "team", "confirmed_by", "made_up_for"
    )
    return get_visible_or_404(rows, user, pk=pk)


def saved_rows(session, user, **lines):
    """The day's rows in their order, each with ``matters``: the ledger rows this person may see.

    Args:
        lines: more conditions on the rows, e.g. ``line__gte=3``.
    """
    matters = Grievance.objects.visible_to(user).select_related("category").order_by("pk")
    rows = Visit.objects.visible_to(user).filter(session=session, **lines)
    rows = rows.select_related("household__group").order_by("line", "pk")
    return rows.prefetch_related(Prefetch("grievances", matters, to_attr="matters"))


def more_rows(data):
    """What was posted, asking for a few more rows."""
    data = data.copy()
    rows = min(_line(data.get("row-TOTAL_FORMS")) + forms.MORE_ROWS, forms.MOST_ROWS)
    data["row-TOTAL_FORMS"] = str(rows)
    return data


def go_to(request, url):
    """On to the answer; htmx is told to open it as a page of its own."""
    if wants_fragment(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def whole_page(request, response):
    """A page that is no part of this one: htmx puts it in place of the content."""
    if wants_fragment(request):
        places = {
            "HX-Retarget": "#content",
            "HX-Reselect": "#content > *",
            "HX-Reswap": "innerHTML",
        }
        for name, value in places.items():
            response.headers[name] = value
    return response


def _line(text) -> int:
    """A line number out of an address; nonsense is 0."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0
