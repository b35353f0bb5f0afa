"""A page that draws: asked first, it says how many of how many, and nothing is drawn."""

from grievances.actions.drawing import PERMISSION, size_asked
from liaison.form_pages import FormPage


class DrawPage(FormPage):
    """A FormPage with 先看抽几件 before 抽取. A subclass says what is drawn from."""

    access = PERMISSION
    submit = "抽取"
    template_name = "grievances/draw.html"
    of_what = none = ""  # 已办结诉求; the sentence for nothing to draw
    preview = None

    @property
    def township(self):
        """Where he draws."""
        return self.request.user.townships_for(PERMISSION)[0]

    def population(self, facts):
        """What would be drawn from, a queryset.

        Args:
            facts: what the form gives the verb.
        """
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        """Draw; or, asked for the preview, only say how many."""
        if "preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.make_form(request.POST)
        valid = form.is_valid()
        if valid:
            facts = form.facts()
            count = self.population(facts).count()
            size = size_asked(count, facts["size"], facts["share"])
            people = len(facts["people"]) if "people" in facts else None
            self.preview = {"population": count, "size": size, "people": people}
        return self.page(form, status=200 if valid else 422)

    def more(self, form):
        """How many of how many, and of what."""
        return {"preview": self.preview, "of_what": self.of_what, "none": self.none}
