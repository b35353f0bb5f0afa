"""Forms of reference tables: a row, an upload, its confirmation."""

import re

from django import forms
from django.core import signing

from liaison.forms import CreateFormMixin, VersionFormMixin
from liaison.imports.text import tidy

MAX_FILE = 5_000_000  # bytes; a code list has tens of rows
SALT = "liaison.reference"
ONE_DAY = 24 * 3600
CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")
EXPIRED = "页面已过期，请重新选择文件上传。"


class TextField(forms.CharField):
    """One line, cleaned as the cells of a file are."""

    def clean(self, value):
        """Blanks and invisible characters go before the length is measured."""
        return super().clean(tidy(value))


class RowForm(CreateFormMixin, VersionFormMixin):
    """One row; a new one carries version 1. Subclasses name their fields in ``facts_of``."""

    facts_of: tuple[str, ...] = ()

    def __init__(self, *args, row=None, **kwargs):
        initial = {name: getattr(row, name) for name in self.facts_of} if row else {}
        initial["version"] = row.version if row else 1
        super().__init__(*args, initial=initial, **kwargs)

    def facts(self) -> dict:
        """What the verbs take."""
        return {name: self.cleaned_data[name] for name in self.facts_of if name in self.fields}


class VersionForm(VersionFormMixin):
    """Nothing but the version that was shown."""


class UploadForm(CreateFormMixin):
    """The file. A subclass may ask more: ``said()`` is carried to the confirmation."""

    file = forms.FileField(
        label="文件",
        help_text="支持 .xlsx、.xls、.ods、.csv，不超过 5 MB；请在本页导出的文件上修改，表头不要改。",
        error_messages={
            "required": "请选择要上传的文件。",
            "empty": "文件是空的，请确认选对了文件。",
            "invalid": "没有收到文件，请重新选择后上传。",
            "missing": "没有收到文件，请重新选择后上传。",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.ods,.csv,.txt"}),
    )

    def clean_file(self):
        """Refused by its size before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError("文件超过 5 MB，请只保留要导入的这张表后再上传。")
        return file

    def file_name(self) -> str:
        """The name as uploaded, without folders and control characters."""
        return CONTROL.sub("", self.cleaned_data["file"].name)[-200:] or "未命名文件"

    def said(self) -> dict:
        """What was asked beside the file, as texts."""
        skip = ("file", "form_key")
        return {name: str(value) for name, value in self.cleaned_data.items() if name not in skip}


class ConfirmForm(CreateFormMixin):
    """Carries the file as it was read, signed, and what the preview said it would do."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    payload = forms.CharField(widget=forms.HiddenInput)

    def clean_payload(self):
        """What seal() was given, for this person within a day."""
        try:
            return signing.loads(self.cleaned_data["payload"], salt=SALT, max_age=ONE_DAY)
        except signing.BadSignature as forged:
            raise forms.ValidationError(EXPIRED) from forged


def seal(said: dict) -> str:
    """A text that only this system can have made, to be carried by a page."""
    return signing.dumps(said, salt=SALT, compress=True)
