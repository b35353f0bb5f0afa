"""/ledger/<number>/place/ — where a matter of an older ledger belongs."""

from django.contrib import messages
from django.urls import reverse

from grievances import actions
from grievances.forms import PlaceForm
from grievances.models import Grievance
from liaison import clock
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404


class Place(FormPage):
    """Only the office; a matter whose village is known already is told so."""

    access = "grievances.accept"
    title, submit = "核定所在村", "核定"
    crumbs = (("民情台账", "grievances:ledger"),)

    def dispatch(self, request, *args, number, **kwargs):
        """A foreign number is a missing one."""
        self.matter = get_visible_or_404(Grievance.objects, request.user, number=number)
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The matter."""
        return reverse("grievances:detail", args=[self.matter.number])

    def page(self, form, status=200, **more):
        """What the older ledger says, above the choice."""
        words = self.matter.village_words or "没有写"
        lead = f"{self.matter.number} {self.matter.summary}。原台账的村名：{words}。"
        return super().page(form, status, lead=lead, **more)

    def get(self, request):
        """The township's villages to choose from."""
        return self.page(PlaceForm(matter=self.matter, user=request.user))

    def post(self, request):
        """Save unless somebody else did in between."""
        form = PlaceForm(request.POST, matter=self.matter, user=request.user)
        return self.attempt(form, lambda: self.save(form))

    def save(self, form):
        """Returns the matter's address."""
        data = form.cleaned_data
        actions.place(
            grievance=self.matter,
            by=self.request.user,
            on=clock.today(),
            now=clock.now(),
            version=data["version"],
            village=data["village"],
        )
        messages.success(self.request, f"{self.matter.number}已核定在{data['village']}。")
        return self.cancel_url()
