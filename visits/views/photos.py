"""/visits/<pk>/photos/ — photos of a visit, each looked at through the gate anew."""

from django import forms
from django.urls import reverse
from django.utils import timezone

from liaison import clock
from liaison.access import allow
from liaison.form_pages import FormPage
from liaison.forms import HouseFormMixin
from liaison.pictures import keeping
from liaison.scoping import get_visible_or_404
from visits import actions
from visits.models import Visit, VisitPhoto
from visits.models.photos import MOST_PHOTOS
from visits.photo_forms import PhotosForm

CRUMBS = (("走访记录", "visits:visits"),)


class Photos(FormPage):
    """The photos of one visit, and the form that adds some."""

    access = "visits.view"
    title, submit = "走访照片", "上传"
    crumbs = CRUMBS
    template_name = "visits/photos.html"
    done = "照片已保存。"

    def dispatch(self, request, *args, **kwargs):
        rows = Visit.objects.select_related("village", "household__group")
        self.visit = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """The files come apart from the words."""
        return PhotosForm(data, self.request.FILES if data is not None else None)

    def content_head(self):
        """Whose."""
        return [("走访", str(self.visit.pk))]

    def more(self, form):
        """What is there, and whether there is room."""
        user, photos = self.request.user, list(self.visit.photos.shown().select_related("sent_by"))
        writable = Visit.objects.visible_to(user, "visits.log").filter(pk=self.visit.pk)
        may = user.has_perm("visits.log") and writable.exists()
        return {
            "visit": self.visit,
            "photos": photos,
            "may": may,
            "adds": may and len(photos) < MOST_PHOTOS,
            "most": MOST_PHOTOS,
        }

    def save(self, form):
        """Add them, once; back to the page."""

        def do():
            files = [(each.name, each.read()) for each in form.cleaned_data["pictures"]]
            actions.add_photos(visit=self.visit, by=self.request.user, now=clock.now(), files=files)
            return reverse("visits:photos", args=[self.visit.pk])

        return self.once(form, do)

    def cancel_url(self):
        """The day it was written on, or the list."""
        day = self.visit.session_id
        return reverse("desk:day", args=[day]) if day else reverse("visits:visits")


@allow("visits.view")
def photo(request, pk):
    """/visits/photos/<pk>/ — one whole photo, with the name of who looks and when across its foot."""
    row = get_visible_or_404(VisitPhoto.objects.shown(), request.user, pk=pk)
    return keeping.send(
        row, mark=f"{request.user} {timezone.localtime(clock.now()):%Y-%m-%d %H:%M} 内部资料"
    )


@allow("visits.view")
def small_photo(request, pk):
    """/visits/photos/<pk>/small/ — its thumbnail."""
    row = get_visible_or_404(VisitPhoto.objects.shown(), request.user, pk=pk)
    return keeping.send(row, small=True)


class TakeAway(FormPage):
    """/visits/photos/<pk>/remove/ — asked once more, then gone for good."""

    access = "visits.log"
    title, submit, done = "删除照片", "确认删除", "照片已删除。"
    crumbs = CRUMBS
    template_name = "visits/photo_remove.html"

    def dispatch(self, request, *args, **kwargs):
        rows = VisitPhoto.objects.shown().select_related("visit__village", "sent_by")
        self.photo = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Nothing is asked but the click."""
        return NothingForm(data)

    def save(self, form):
        """Gone; back to the others."""
        actions.take_away_photo(photo=self.photo, by=self.request.user, now=clock.now())
        return self.cancel_url()

    def more(self, form):
        """The photo it is about."""
        return {"photo": self.photo}

    def cancel_url(self):
        """The photos of the visit."""
        return reverse("visits:photos", args=[self.photo.visit_id])


class NothingForm(HouseFormMixin, forms.Form):
    """A page that asks only: really?"""
