"""/ledger/<number>/place/ — where a matter of an older ledger belongs."""

from grievances import actions
from grievances.forms import PlaceForm
from liaison import clock

from .one_matter import MatterFormPage


class Place(MatterFormPage):
    """Only the office; a matter whose village is known already is told so."""

    access = "grievances.accept"
    title, submit = "核定所在村", "核定"

    def about(self):
        """What the older ledger says, above the choice."""
        return f"原台账的村名：{self.matter.village_words or '没有写'}。"

    def make_form(self, data=None):
        """The township's villages to choose from."""
        return PlaceForm(data, matter=self.matter, user=self.request.user)

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
        self.done = f"已核定在{data['village']}。"
        return self.cancel_url()
