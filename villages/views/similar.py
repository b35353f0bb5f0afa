"""/residents/similar/ — whether somebody about to be entered seems to stand on the roll already."""

from django.shortcuts import render
from django.views import View

from liaison.errors import NotAllowed
from liaison.scoping import get_visible_or_404
from villages.duplicates import Seen, id_taken, similar
from villages.forms import PersonFields
from villages.models import Group, Household


class SeemsKnown(NotAllowed):
    """Somebody like this is on the roll; ``seen`` says who. Asked once, not forbidden."""

    def __init__(self, seen: Seen):
        super().__init__("可能已经登记过，请核对；确实不是同一人的，请点「仍要新增」。")
        self.seen = seen


class AsksOnce:
    """For pages that add a person: shows once who seems to be him, then takes 「仍要新增」 for an answer."""

    def refuse_known(self, form, village):
        """Raises SeemsKnown unless nobody is alike, or the button under the list was pressed."""
        if self.request.POST.get("anyway"):
            return
        person = form.person()
        if id_taken(village.township_id, person["id_number"]):
            return  # the verb refuses it, and says where
        seen = similar(
            self.request.user,
            township_id=village.township_id,
            village_id=village.pk,
            **{name: person[name] for name in ("name", "birth_date", "id_number", "phones")},
        )
        if seen:
            raise SeemsKnown(seen)

    def or_ask(self, form, act):
        """The answer of ``act``, or the page again with who seems to be the same."""
        try:
            return act()
        except SeemsKnown as known:
            return self.page(form, status=422, refusal=str(known), seen=known.seen, asks=True)


class Similar(View):
    """The piece below the form while one types; POST, so that no address holds a name or a number."""

    access = "villages.edit_households"
    http_method_names = ["post"]

    def post(self, request):
        form = PersonFields(request.POST)
        form.is_valid()  # what is not complete yet is not looked for
        seen = self.look(form.cleaned_data, form)
        return render(request, "villages/_similar.html", {"seen": seen})

    def look(self, said, form):
        """Who is alike in the village of the household or the group that is named."""
        village = self.village()
        if village is None or not said.get("name"):
            return Seen()
        identity = getattr(form, "identity", None)
        return similar(
            self.request.user,
            township_id=village.township_id,
            village_id=village.pk,
            name=said["name"],
            birth_date=(identity.birth if identity else None) or said.get("birth_date"),
            id_number=said.get("id_number", ""),
            phones=said.get("phones") or [],
        )

    def village(self):
        """Of the household (a page's own, by its id) or the group chosen in the form; None without one."""
        for name, model in (("household", Household), ("group", Group)):
            asked = self.request.POST.get(name, "")
            if asked.isascii() and asked.isdigit() and len(asked) < 19:
                rows = model.objects.select_related("village")
                return get_visible_or_404(rows, self.request.user, pk=int(asked)).village
        return None
