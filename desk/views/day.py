"""/sessions/<pk>/ — one liaison day on one page, saved in one act."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from desk import forms
from desk.actions import save_liaison_day
from desk.day_facts import DayFacts
from liaison import clock, errors
from liaison.errors import Stale
from liaison.scoping import get_visible_or_404
from visits.attendance import may_confirm, may_write_up, seats_of
from visits.models import LiaisonSession

from .rows import RowsView
from .saved import saved_rows

SHOWN = 20  # saved rows; a day of more has them all in the list of visits
NOBODY_MET = "没有填写走访接待。只确认考勤的，请再点一次“保存”。"
CRUMBS = (("驻点日", "visits:sessions"),)


class LiaisonDay(RowsView):
    """The page of one day: who sat there, who came, which households, what was asked."""

    access = "visits.view"
    template_name = "desk/day.html"

    @property
    def purpose(self):
        """One day's saves are told from another's."""
        return f"day:{self.session.pk}"

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
        if (data := forms.rearranged(request.POST)) is not None:
            return self.answer(self.page(data))
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
            return super().attempt(page)
        except Stale as stale:
            return self.stale(page, stale.current)

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
            **self.rows_context(),
            **more,
        }
        return render(self.request, self.template_name, context, status=status)


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
