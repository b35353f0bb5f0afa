"""/calendar/feeds/ — addresses for calendar programs; and the feeds themselves, open to who knows the address."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views import View

from cadres.actions import feeds as actions
from cadres.models import CalendarFeed, LiaisonTeam
from cadres.models.feeds import READS, digest_of
from liaison import clock, errors
from liaison.access import OPEN
from liaison.errors import DifferentContent, NotAllowed
from liaison.idempotency import submit_once
from liaison.scoping import get_visible_or_404
from visits import feeds
from visits.forms import FeedForm
from visits.models import LiaisonSession

CRUMBS = (("驻点日", "visits:sessions"),)
SHOWN_ONCE = "这个地址已经生成过，只显示一次；没有抄下来的，请点“更换地址”重新生成。"


class Feeds(View):
    """One's own feed and those of the teams one may follow."""

    access = READS

    def get(self, request):
        """Each with its state; nothing of another person's."""
        held = {feed.team_id: feed for feed in CalendarFeed.objects.visible_to(request.user)}
        teams = LiaisonTeam.objects.followed_by(request.user).in_order()
        own = LiaisonSession.objects.sat_by(request.user)
        context = {
            "title": "日历订阅",
            "crumbs": CRUMBS,
            "entries": [
                {"team": team, "feed": held.get(team and team.pk), "form": FeedForm(team=team)}
                for team in (None, *teams)
            ],
            "has_days": own.filter(on__gte=clock.today()).exists(),
        }
        return render(request, "visits/feeds.html", context)


class IssueFeed(View):
    """POST: a new address, read out once by the answer itself: it must not rest in a session or an address."""

    access = READS
    http_method_names = ["post"]

    def post(self, request):
        """Make it, or say why not."""
        form = FeedForm(request.POST, user=request.user)
        if "team" in form.errors:  # a team that is not his is a missing one
            raise Http404
        try:
            if not form.is_valid():
                raise NotAllowed("页面已过期，请再点一次。")
            return self.issue(form)
        except DifferentContent as difference:
            return errors.conflict(request, difference)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("visits:feeds")

    def issue(self, form):
        """Once for a form; sent again, the answer is the list."""
        team, made = form.cleaned_data["team"], {}

        def do():
            made["token"] = actions.issue(by=self.request.user, now=clock.now(), team=team)
            return reverse("visits:feeds")

        outcome = submit_once(
            key=form.cleaned_data["form_key"],
            user=self.request.user,
            purpose="visits.feeds.issue",
            content=form.content(),
            do=do,
        )
        if outcome.repeated:
            messages.warning(self.request, SHOWN_ONCE)
            return redirect(outcome.url)
        return self.read_out(team, made["token"])

    def read_out(self, team, token):
        """The address, in this answer and nowhere else."""
        address = self.request.build_absolute_uri(reverse("visits:feed", args=[token]))
        context = {
            "title": "订阅地址已生成",
            "crumbs": (*CRUMBS, ("日历订阅", "visits:feeds")),
            "team": team,
            "address": address,
            "webcal": f"webcal://{address.split('://', 1)[1]}",
        }
        return render(self.request, "visits/feed_once.html", context)


class RevokeFeed(View):
    """POST: the address opens no more."""

    access = READS
    http_method_names = ["post"]

    def post(self, request, pk):
        """One's own alone."""
        feed = get_visible_or_404(CalendarFeed.objects, request.user, pk=pk)
        actions.revoke(feed=feed, by=request.user, now=clock.now())
        messages.success(request, f"“{feed}”的订阅地址已停用，日历程序不再能读到。")
        return redirect("visits:feeds")


class Feed(View):
    """/calendar/feeds/<token>.ics — for calendar programs, which cannot sign in: the token is the key.

    Nothing is written and nobody's reading is counted. A program that asks again for what it has gets 304.
    """

    access = OPEN

    def get(self, request, token):
        """The days; 404 for a wrong, replaced or revoked address and for one whose owner has left."""
        feed = find_feed(token)
        rows = feeds.rows_of(days_of(feed), clock.today())
        name = str(feed)
        etag = f'"{feeds.fingerprint(name, rows, self.address_of)}"'
        # By ETag alone: a day that was dropped leaves no later date behind.
        same = get_conditional_response(request, etag)
        response = same or HttpResponse(
            feeds.calendar_file(name, rows, self.address_of),
            content_type="text/calendar; charset=utf-8",
        )
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        if not same:
            response.headers["Content-Disposition"] = 'inline; filename="liaison-days.ics"'
        return response

    def address_of(self, session):
        """The full address of a day's page."""
        return self.request.build_absolute_uri(reverse("desk:day", args=[session.pk]))


def find_feed(token) -> CalendarFeed:
    """The live feed of a token.

    Raises:
        Http404: there is none; why is not said.
    """
    rows = CalendarFeed.objects.select_related("owner", "team")
    feed = rows.filter(digest=digest_of(token)).first()
    if feed is None or not feed.is_live():
        raise Http404
    return feed


def days_of(feed):
    """The days of a feed, as far as its owner may read them today."""
    if feed.team_id:
        return LiaisonSession.objects.visible_to(feed.owner).of_team(feed.team)
    return LiaisonSession.objects.sat_by(feed.owner)
