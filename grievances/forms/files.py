"""Files to attach, and the reason one is taken away."""

import hashlib

from django import forms

from grievances.files import ACCEPTED
from liaison.forms import CreateFormMixin

MOST_AT_ONCE = 20


class FilesInput(forms.ClearableFileInput):
    """Several at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The field's value is the list of files."""

    widget = FilesInput({"accept": "image/*,.pdf,.docx,.xlsx,.txt"})

    def clean(self, data, initial=None):
        """Each as Django checks a single one."""
        files = list(data or [])
        if not files:
            raise forms.ValidationError("请先选择文件。不传附件也可以，不影响办理。")
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(f"一次最多选{MOST_AT_ONCE}个文件，请少选几个。")
        return [super(FilesField, self).clean(each, initial) for each in files]


class FilesForm(CreateFormMixin):
    """Files to add to a matter."""

    attached = FilesField(label="选择文件", max_length=200, help_text=f"{ACCEPTED}可传可不传。")

    def content(self):
        """Which files, for the page of two contents; one of the same name and size may be another."""
        files = self.cleaned_data["attached"]
        told = (f"{each.name}({each.size}字节，校验{_digest(each)})" for each in files)
        return [("附件", "、".join(told))]


def _digest(file) -> str:
    """Of its bytes; it is left at its beginning."""
    file.seek(0)
    said = hashlib.sha256(file.read()).hexdigest()[:12]
    file.seek(0)
    return said


class TakeAwayForm(CreateFormMixin):
    """Why."""

    reason = forms.CharField(label="撤下原因", max_length=100)
