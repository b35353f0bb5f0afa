"""/roster/ — a roster comes in, and goes out. All that follows an upload is common to every kind of file."""

from django.urls import reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.imports.views import Upload
from villages.exports import RosterExport
from villages.models import Resident
from villages.roster_forms import RosterExportForm
from villages.tags import visible_tags


class RosterUpload(Upload):
    """/roster/ — choose a place and a file; below, the last imports."""

    kind = "roster"
    access = "villages.import"


class RosterDownload(FormPage):
    """/roster/export/ — a village's roster in the template's columns, numbers in plain, for a reason."""

    access = "villages.import"
    title = "导出花名册"
    submit = "导出"
    crumbs = (("导入花名册", "villages:roster"),)

    def cancel_url(self):
        """The upload page."""
        return reverse("villages:roster")

    def make_form(self, data=None):
        """Of the village a link named."""
        asked = {"village": self.request.GET.get("village", "")}
        return RosterExportForm(data, user=self.request.user, initial=asked)

    def save(self, form):
        """The workbook itself is the answer."""
        return self.download(**form.cleaned_data)

    def download(self, village, reason):
        """The workbook, with its line in the trail."""
        user, today = self.request.user, clock.today()
        residents = Resident.objects.visible_to(user, "villages.import").filter(village=village)
        export = RosterExport(
            queryset=residents.on_a_roster(today),
            user=user,
            on=today,
            township=village.township,
            village=village,
            reason=reason,
            tags=set(visible_tags(user, village.pk).values_list("pk", flat=True)),
        )
        return export.response(filters=village.name)
