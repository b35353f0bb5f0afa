"""/residents/duplicates/ — who may stand on the roll twice; and the page that makes two entries one person."""

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from liaison import clock
from villages import actions, duplicates
from villages.models import Village
from villages.person_forms import MergePeopleForm

from .persons import PersonPage
from .residents import resident_or_404


class DuplicatesForm(forms.Form):
    """What to look for, and where."""

    kind = forms.ChoiceField(label="依据", required=False, choices=list(duplicates.KINDS.items()))
    village = forms.ModelChoiceField(
        label="村(社区)", required=False, queryset=Village.objects.none(), empty_label="全部"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Village.objects.visible_to(user, "villages.edit_households").in_order()
        self.fields["village"].queryset = villages


class Duplicates(View):
    """/residents/duplicates/ — 疑似重复, in groups; bounded, so it answers at any size of the roll."""

    access = "villages.edit_households"

    def get(self, request):
        form = DuplicatesForm(request.GET, user=request.user)
        valid = form.is_valid()
        kind = (form.cleaned_data.get("kind") if valid else "") or "birth"
        village = form.cleaned_data.get("village") if valid else None
        found = duplicates.groups(request.user, kind, village) if valid else []
        for group in found:
            for person in group:
                person.age_now = person.age(clock.today())
        context = {
            "title": "疑似重复",
            "crumbs": (("居民", "villages:residents"),),
            "form": form,
            "kind": kind,
            "village": village,
            "kinds": duplicates.KINDS,
            "groups": found[: duplicates.SHOWN],
            "more": len(found) > duplicates.SHOWN,
            "shown": duplicates.SHOWN,
        }
        return render(request, "villages/duplicates.html", context, status=200 if valid else 422)


class MergePeople(PersonPage):
    """/residents/<pk>/merge/?with=<pk> — two entries side by side; the first lives on."""

    access = "villages.merge"
    title, done = "合并重复登记", "两条记录已合并，历史都保留在这里。"
    template_name = "villages/merge_people.html"
    submit = "确认合并"

    def dispatch(self, request, *args, **kwargs):
        """Without a second one there is nothing to merge: the list says who may be."""
        resident_or_404(request.user, kwargs["pk"])
        asked = request.GET.get("with", "")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            return HttpResponseRedirect(reverse("villages:duplicates"))
        self.other = resident_or_404(request.user, int(asked))
        return super().dispatch(request, *args, **kwargs)

    def closed(self):
        """The other one is no longer on the roll."""
        return self.other.merged_into_id is not None

    def make_form(self, data=None):
        """The form of the two."""
        return MergePeopleForm(data, resident=self.resident, other=self.other)

    def page(self, form, status=200, **more):
        """Both side by side, and the way to keep the other one instead."""
        swapped = reverse("villages:merge_people", kwargs={"pk": self.other.pk})
        more |= {
            "resident": self.resident,
            "other": self.other,
            "swapped": f"{swapped}?with={self.resident.pk}",
            "action": self.request.get_full_path(),
        }
        return super().page(form, status, **more)

    def act(self, **facts):
        """One person from now on."""
        actions.merge_residents(resident=self.resident, other=self.other, **facts)
