"""Forms of the roster import: the upload, and its confirmation."""

import re

from django import forms

from liaison.excel_guard import MAX_FILE
from liaison.forms import CreateFormMixin

from .models import Township, Village

WHOLE_TOWNSHIP = "全乡镇（按表中“村”一栏分到各村）"
CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")


class UploadForm(CreateFormMixin):
    """One village or the whole township, and the file."""

    village = forms.ModelChoiceField(
        Village.objects.none(), label="导入到", required=False, empty_label=WHOLE_TOWNSHIP
    )
    file = forms.FileField(
        label="花名册文件",
        help_text=f"支持 .xlsx、.xls、.ods、.csv，不超过 {MAX_FILE // 1_000_000} MB",
        error_messages={
            "required": "请选择要上传的花名册文件。",
            "empty": "文件是空的，请确认选对了文件。",
            "invalid": "没有收到文件，请重新选择后上传。",
            "missing": "没有收到文件，请重新选择后上传。",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.ods,.csv,.txt"}),
    )
    field_order = ("village", "file", "form_key")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["village"].queryset = Village.objects.visible_to(
            user, "villages.import"
        ).in_order()

    def clean(self):
        """A clerk of several townships names the village; of one, the township is his own."""
        said = super().clean()
        village = said.get("village")
        townships = Township.objects.filter(
            pk__in=self.user.village_scope("villages.import").townships
        )
        said["township"] = village.township if village else townships.first()
        if not village and len(townships) != 1:
            self.add_error("village", "请选择要导入的村（社区）。")
        return said

    def file_name(self):
        """The name as uploaded, without folders and control characters."""
        return CONTROL.sub("", self.cleaned_data["file"].name)[-200:] or "花名册"


class ConfirmForm(CreateFormMixin):
    """Carries what the preview said; confirming something else is refused."""

    fingerprint = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={"required": "页面已过期，请重新打开后再确认。"},
    )
