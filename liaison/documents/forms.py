"""The form of the settings page: a township's own template."""

import hashlib

from django import forms

from liaison.forms import CreateFormMixin

from .checking import MOST_BYTES, TOO_BIG


class TemplateForm(CreateFormMixin):
    """One .docx."""

    file = forms.FileField(
        label="模板文件",
        help_text="先下载现用模板，在 WPS 或 Word 里改好，另存为 .docx 再上传。",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self):
        """A file too large is not read at all."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file

    def data_of_file(self) -> bytes:
        """Its bytes."""
        self.cleaned_data["file"].seek(0)
        return self.cleaned_data["file"].read()

    def content(self):
        """The same name with other bytes is another file."""
        digest = hashlib.sha256(self.data_of_file()).hexdigest()
        return [*super().content(), ("校验", digest[:16])]
