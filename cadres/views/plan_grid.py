"""/plans/grid/ — 全年安排表: every village's plans of a year in one table, looked at, then saved at once."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from cadres.actions import plan_year as actions
from cadres.calendar_forms import EARLIEST, LATEST, YearForm
from cadres.grid import last_year, paste
from cadres.grid.looking import Look
from cadres.grid.rows import HEADS, MOST_ROWS, Grid, in_order
from cadres.plan_checks import PERMISSION
from cadres.rhythm_forms import EXAMPLES
from liaison import clock, errors
from liaison.errors import DifferentContent, NotAllowed, Stale
from liaison.forms import CreateFormMixin
from liaison.idempotency import new_key, submit_once

MOST_ID = 2**63 - 1


class TableForm(CreateFormMixin):
    """What the table carries beside its rows."""

    year = forms.IntegerField(min_value=EARLIEST, max_value=LATEST)
    # The look that was shown when the button was pressed: what is saved is what was seen.
    seen = forms.CharField(required=False, max_length=64)
    block = forms.CharField(
        required=False,
        max_length=paste.MOST_CHARACTERS,
        strip=False,
        error_messages={"max_length": "粘贴的内容太长，请分几次粘贴。"},
    )
    add = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID)
    do = forms.ChoiceField(
        required=False, choices=[(each, each) for each in ("look", "save", "copy", "paste")]
    )


class LookFirst(Exception):
    """The table differs from the one that was shown."""


class PlanGrid(View):
    """GET the year's plans; POST looks, saves, copies the year before, pastes or adds a row."""

    access = PERMISSION
    block = ""  # cells that were put into the box and have not been taken yet

    def get(self, request):
        """The asked year, this one for nonsense."""
        form = YearForm(request.GET)
        today = clock.today()
        year = form.cleaned_data["year"] if form.is_valid() else today.year
        self.grid = Grid(request.user, year, today)
        rows = self.grid.stored_rows()
        begin = next((row for row in rows if row.teams and row.is_blank), None)
        return self.page(rows, focus=begin)

    def post(self, request):
        """What the pressed button says; everything typed is kept until it is saved."""
        self.form = TableForm(request.POST)
        valid, said = self.form.is_valid(), self.form.cleaned_data
        today = clock.today()
        self.grid = Grid(request.user, said.get("year") or today.year, today, also=_pks(request))
        rows = self.grid.read(request.POST) or self.grid.stored_rows()
        self.block = request.POST.get("block", "")
        if not valid:
            sentence = next(iter(self.form.errors.values()))[0]
            return self.page(rows, status=422, refusal=sentence)
        if said["add"]:
            return self.one_more(rows, said["add"])
        act = {"save": self.save, "copy": self.copy, "paste": self.paste}.get(said["do"], self.look)
        return act(rows)

    def one_more(self, rows, village):
        """Another row for a village."""
        village = self.grid.villages.get(village)
        added = self.grid.empty_row(village) if village and len(rows) < MOST_ROWS else None
        return self.page(in_order([*rows, added]) if added else rows, focus=added)

    def copy(self, rows):
        """照去年."""
        carried = last_year.carry_over(self.grid, rows)
        said = f"已照{self.grid.year - 1}年填入 {carried.count} 行，还没有保存，请核对后保存。"
        if not carried.count:
            said = f"{self.grid.year - 1}年没有可以带过来的安排，或者都已在表里了。"
        return self.proposed(carried.rows, [said, *carried.left_out])

    def paste(self, rows):
        """A block of cells from Excel."""
        pasted = paste.paste(self.grid, rows, self.form.cleaned_data["block"])
        said = [f"已填入 {pasted.count} 行，还没有保存，请核对后保存。"] if pasted.count else []
        self.block = "" if pasted.count else self.block
        return self.proposed(pasted.rows, [*said, *pasted.said])

    def proposed(self, rows, said):
        """Rows that were filled in; what is not understood in them is marked at once."""
        self.grid.understand(rows)
        return self.page(rows, said=said)

    def look(self, rows):
        """Each row's days and what there is to look at; stores nothing."""
        if refused := self.refused(rows):
            return refused
        return self.page(rows, look=Look(self.grid, rows))

    def refused(self, rows):
        """The page with its faults, or None when the rows could be saved."""
        if not self.grid.understand(rows):
            return self.page(rows, status=422)
        try:
            actions.check_year(**self.given(rows))
        except NotAllowed as refusal:
            return self.marked(rows, refusal)
        return None

    def save(self, rows):
        """All rows or none, once for this form."""
        content = _content(self.grid, rows)
        faulty = not self.grid.understand(rows)
        try:
            outcome = submit_once(
                key=self.form.cleaned_data["form_key"],
                user=self.request.user,
                purpose="cadres.plans.grid",
                content=content,
                do=lambda: self.saved(rows, faulty),
            )
        except DifferentContent as difference:
            return errors.conflict(self.request, difference)
        except LookFirst:
            return self.look(rows)
        except NotAllowed as refusal:
            return self.marked(rows, refusal)
        return HttpResponseRedirect(outcome.url)

    def saved(self, rows, faulty):
        """Store the rows if they are those that were looked at; the address to go on to."""
        if faulty or Look(self.grid, rows).mark != self.form.cleaned_data["seen"]:
            raise LookFirst
        done = actions.save_year(**self.given(rows)).in_words()
        said = f"已保存：{done}，驻点日已随之排定。" if done else "没有改动，什么也没有变。"
        messages.success(self.request, said)
        return f"{reverse('cadres:plan_grid')}?year={self.grid.year}"

    def given(self, rows):
        """What the verbs take."""
        pairs = [(row, one) for row in rows for one in row.to_save()]
        self.sent = [row for row, _ in pairs]
        return {
            "by": self.request.user,
            "today": self.grid.today,
            "year": self.grid.year,
            "rows": [one for _, one in pairs],
        }

    def marked(self, rows, refusal):
        """A refusal beside its cells; of a stale row the other's words, and its version from now on."""
        faults = getattr(refusal, "faults", {})
        stale = False
        for at, fault in faults.items():
            row = self.sent[at]
            if isinstance(fault, Stale):
                stale = True
                row.version = fault.current.version
                row.theirs = _theirs(fault.current)
            else:
                row.faults[fault.field] = str(fault)
        status = 409 if stale else 422
        return self.page(rows, status=status, refusal="" if faults else str(refusal))

    def page(self, rows, status=200, **more):
        """The table around its rows."""
        year = self.grid.year
        faulty = [(number, row) for number, row in enumerate(rows) if row.faults or row.theirs]
        context = {
            "title": "全年安排表",
            "crumbs": (("驻点安排", "cadres:plans"),),
            "heads": HEADS,
            "grid": self.grid,
            "rows": rows,
            "faulty": faulty,
            "form_key": self.key(),
            "previous": year - 1 if year > EARLIEST else None,
            "following": year + 1 if year < LATEST else None,
            "years": range(self.grid.today.year - 1, self.grid.today.year + 2),
            "examples": EXAMPLES,
            "pasted": self.block,
            **more,
        }
        return render(self.request, "cadres/plan_grid.html", context, status=status)

    def key(self):
        """The form's identifier stays with it while it is looked at."""
        given = getattr(self, "form", None) and self.form.cleaned_data.get("form_key")
        return given or new_key()


def _pks(request):
    """The plans a posted table speaks of, as far as they are numbers a database can hold."""
    texts = [value for name, value in request.POST.items() if name.endswith("-plan")]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


def _content(grid, rows):
    """The table in words, for submit_once()."""
    content = [("年份", str(grid.year))]
    for number, row in enumerate(rows, start=1):
        team = next((team.name for team in row.teams if str(team.pk) == row.cells["team"]), "")
        cells = [team, *(text for name, text in row.cells.items() if name != "team")]
        content.append((f"{number} {row.village}", "，".join(filter(None, cells))))
    return content


def _theirs(plan):
    """A plan as somebody else left it."""
    until = f"至{plan.valid_to:%Y-%m-%d}" if plan.valid_to else "起长期"
    rule = plan.holiday_in_words()
    return f"{plan.team}，{plan.in_words()}，{plan.place}，遇节假日{rule}，{plan.valid_from:%Y-%m-%d}{until}"
