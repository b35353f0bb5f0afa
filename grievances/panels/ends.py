"""What comes after settling, what stands on the book, and what may be told to the villager."""

from grievances.models import LookBack, RedoCall, SampledMatter
from grievances.progress import to_say
from liaison import clock

from .panel import Panel

ANSWERS = ("grievances.register", "grievances.answer")


class ToldPanel(Panel):
    """可以这样答复群众, for those who answer him at the desk or on the telephone."""

    template = "grievances/panels/told.html"
    on_file = False

    def say(self, matter, user, now):
        """The sentences; None for who answers no villagers, and for a matter of no village yet."""
        if matter.village_id is None or not any(user.has_perm(each) for each in ANSWERS):
            return None
        return {"sentences": to_say(matter, now)}


class EndsPanel(Panel):
    """挂账, 待重办, 抽中回访, 核查 and 回头看, as far as there is any."""

    template = "grievances/panels/ends.html"
    on_file = False

    def say(self, matter, user, now):
        """The rows of each kind; None where nothing was ever of them."""
        today = clock.local_date(now)
        said = {
            "look_backs": list(matter.look_backs.select_related("by").order_by("due_on", "pk")),
            "call": RedoCall.objects.waiting().filter(grievance=matter).first(),
            "drawn": _drawn(matter, user),
            "checked": bool(matter.checked_on),
            "on_book": matter.is_on_book,
        }
        if not any(said.values()):
            return None
        for row in said["look_backs"]:
            row.is_late = row.is_due(today)
        return {**said, "book_due": matter.book_is_due(today), "waits": LookBack.Why.ON_BOOK}


class FurtherPanel(Panel):
    """Pages further on: the slip, the file, 挂账, 回头看."""

    template = "grievances/panels/further.html"
    on_file = False

    def say(self, matter, user, now):
        """Which of them are open to this user."""
        if matter.village_id is None:
            return None
        books = user.has_perm("grievances.book")
        return {
            "put_on": books and matter.is_open and not matter.is_on_book,
            "review": books and matter.is_on_book,
            "arrange": matter.is_settled and user.has_perm("grievances.follow_up"),
        }


def _drawn(matter, user):
    rows = SampledMatter.objects.visible_to(user).filter(grievance=matter)
    return list(rows.select_related("sample", "given_to").order_by("-pk"))
