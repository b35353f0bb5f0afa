"""What the pages of proposals and needs share: what led here, and where one writes."""

from liaison import clock
from liaison.form_pages import FormPage
from villages.models import Household, Village
from visits.finding import in_words
from visits.models import Visit

LARGEST_ID = 2**63 - 1


def writes_in(user, village_id) -> bool:
    """Whether this person writes things down in a village."""
    if not user.has_perm("visits.log"):
        return False
    return Village.objects.visible_to(user, "visits.log").filter(pk=village_id).exists()


class NewNoted(FormPage):
    """A new row; ``?visit=`` or ``?household=`` fills in what is known. A foreign one is passed over."""

    access = "visits.log"
    template_name = "visits/noted_form.html"
    form_class = None

    @property
    def draft(self):
        """What led here stays with it: the same words at another visit would be said of that one."""
        return {"title": self.title, "of": "village on", "here": True}

    def dispatch(self, request, *args, **kwargs):
        self.visit, self.household = None, None
        if request.user.is_authenticated:
            self.visit = self._asked(Visit, "visit")
            self.household = self._asked(Household, "household")
        return super().dispatch(request, *args, **kwargs)

    def _asked(self, model, name):
        asked = self.request.GET.get(name, "")
        if not (asked.isascii() and asked.isdigit()) or not 0 < int(asked[:20]) <= LARGEST_ID:
            return None
        return model.objects.visible_to(self.request.user).filter(pk=int(asked)).first()

    def make_form(self, data=None):
        """Begun with whose visit or household led here."""
        return self.form_class(data, user=self.request.user, initial=self._begun())

    def _begun(self):
        row, home = self.visit, self.household or (self.visit and self.visit.household)
        begun = {"on": row.occurred_on if row else clock.today()}
        if row or home:
            begun["village"] = (row or home).village_id
        if home:
            begun["household"] = in_words(home)
        return begun | ({"visitor": row.visitor} if row else {})

    def content_head(self):
        """At which visit."""
        return [("走访接待", str(self.visit.pk))] if self.visit else []
