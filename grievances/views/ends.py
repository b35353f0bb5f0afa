"""Pages with one form about one matter: 挂账 and its review, 不重办, 安排回头看."""

from grievances import actions
from grievances.forms.ends import ArrangeForm, BookForm, ReviewForm, WordsForm
from liaison import clock

from .one_matter import MatterFormPage


class EndPage(MatterFormPage):
    """Base: subclasses name the form, the verb and what is said afterwards."""

    form_class = WordsForm
    verb = None
    said = ""
    labels = {}

    def about(self):
        """What the form is for."""
        return self.said

    def make_form(self, data=None):
        """At the version the page shows."""
        form = self.form_class(data, initial={"version": self.matter.version})
        for name, label in self.labels.items():
            form.fields[name].label = label
        return form

    def save(self, form):
        """Returns the matter's address."""
        type(self).verb(
            grievance=self.matter, by=self.request.user, now=clock.now(), **form.cleaned_data
        )
        return self.cancel_url()


class PutOnBook(EndPage):
    """/ledger/<number>/book/"""

    access = "grievances.book"
    title = submit = "挂账"
    form_class, verb, done = BookForm, actions.put_on_book, "已挂账，复查日列入待办。"
    said = "挂账的仍是在办，照常计入在办、超期和各项比率，办理时限不停。"


class ReviewBook(EndPage):
    """/ledger/<number>/book/review/"""

    access = "grievances.book"
    title = submit = "挂账复查"
    form_class, verb, done = ReviewForm, actions.review_book, "复查情况已记录。"
    said = "写明进展，再定下一次复查的日子；每次复查都留在办理过程里。"


class TakeOffBook(EndPage):
    """/ledger/<number>/book/off/"""

    access = "grievances.book"
    title = submit = "取消挂账"
    verb, done = actions.take_off_book, "已取消挂账，按一般诉求办理。"
    said = "不再需要长期办理的，取消挂账；办结的不用取消。"


class KeepSettled(EndPage):
    """/ledger/<number>/keep/"""

    access = "grievances.reopen"
    title, submit = "不重办", "保存"
    verb, done = actions.keep_settled, "不重办的理由已记录。"
    said = "群众评价仍按原样保留。"
    labels = {"words": "不重办的理由"}


class ArrangeLookBack(EndPage):
    """/ledger/<number>/arrange/"""

    access = "grievances.follow_up"
    title, submit = "安排回头看", "安排"
    form_class, verb, done = ArrangeForm, actions.arrange_look_back, "回头看已安排，到期列入待办。"
    said = "到那一天由承办人以外的同志去看是否反弹。"
