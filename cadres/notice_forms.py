"""The form that takes the text of the State Council's notice (放假通知)."""

from django import forms

from cadres import holiday_notice
from cadres.calendar_forms import EARLIEST, LATEST
from cadres.models import CalendarYear
from liaison.forms import CreateFormMixin

MOST = 10_000  # characters; a notice has some six hundred


class NoticeForm(CreateFormMixin):
    """The text; its year and source are read from its title, or said here."""

    text = forms.CharField(
        label="通知全文",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="从中国政府网打开“国务院办公厅关于某年部分节假日安排的通知”，连标题全选、复制，粘贴在这里。",
    )
    year = forms.IntegerField(
        label="年份",
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        help_text="粘贴了标题的不用填。",
    )
    source = forms.CharField(
        label="依据",
        max_length=100,
        required=False,
        help_text="通知的名称和文号；粘贴了标题的不用填。",
    )

    def clean(self):
        """The text is read here; what does not fit stands beside it, sentence by sentence."""
        cleaned = super().clean()
        if "text" in cleaned and "year" in cleaned:
            self.notice = holiday_notice.read(cleaned["text"], cleaned["year"])
            for fault in [*self.notice.faults, *self._lacking()]:
                self.add_error("text", f"{fault}。")
        return cleaned

    def _lacking(self):
        """A year's first notice speaks of every holiday; one that puts a year right may name one alone."""
        lacking = self.notice.names_lacking() if self.notice.days else []
        if lacking and not CalendarYear.objects.filter(year=self.notice.year).exists():
            yield f"没有读到：{'、'.join(lacking)}。全年的通知应当都有，请核对粘贴是否完整"

    def said(self) -> dict:
        """What is carried to the confirmation."""
        return {"source": (self.cleaned_data["source"] or self.notice.source)[:100]}
