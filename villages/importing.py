"""Kinds of file that belong to a township or one of its villages: the upload form, and who may change what."""

import re

from django import forms
from django.contrib.auth import get_user_model

from liaison.forms import CreateFormMixin
from liaison.imports.kinds import Kind, Place
from liaison.reading.excel_guard import MAX_FILE

from .models import Township, Village

CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")


class PlacedUploadForm(CreateFormMixin):
    """One village or the whole township, and the file."""

    village = forms.ModelChoiceField(Village.objects.none(), label="导入到", required=False)
    file = forms.FileField(
        label="文件",
        help_text=f"支持 .xlsx、.xls、.ods、.csv，不超过 {MAX_FILE // 1_000_000} MB",
        error_messages={
            "required": "请选择要上传的文件。",
            "empty": "文件是空的，请确认选对了文件。",
            "invalid": "没有收到文件，请重新选择后上传。",
            "missing": "没有收到文件，请重新选择后上传。",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.ods,.csv,.txt,.html,.htm,.xml"}),
    )
    field_order = ("village", "file", "form_key")

    def __init__(self, *args, user, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.kind = user, kind
        self.fields["file"].label = f"{kind.title}文件"
        village = self.fields["village"]
        village.empty_label = kind.whole_township
        village.queryset = Village.objects.visible_to(user, kind.permission).in_order()

    def clean(self):
        """A clerk of several townships names the village; of one, the township is his own."""
        said = super().clean()
        village = said.get("village")
        scope = self.user.village_scope(self.kind.permission)
        townships = Township.objects.filter(pk__in=scope.townships)
        said["township"] = village.township if village else townships.first()
        if not village and len(townships) != 1:
            self.add_error("village", "请选择要导入的村（社区）。")
        return said

    def chosen(self):
        """(township, village or None)."""
        return self.cleaned_data["township"], self.cleaned_data["village"]

    def file_name(self) -> str:
        """The name as uploaded, without folders and control characters."""
        return CONTROL.sub("", self.cleaned_data["file"].name)[-200:] or self.kind.title


class PlacedKind(Kind):
    """A kind whose files speak of villages of one township.

    Attributes:
        whole_township: the choice of the upload form that means no village in particular.
    """

    whole_township = "全乡镇（按表中“村”一栏分到各村）"

    def upload_form(self, user, *args, **kwargs):
        """The form that chooses a place and a file."""
        return PlacedUploadForm(*args, user=user, kind=self, **kwargs)

    def place(self, batch, *, layouts, on) -> Place:
        """The Place of a stored import; its uploader's territory as it is now holds row by row."""
        user = get_user_model().objects.get(pk=batch.uploaded_by_id)
        village = Village.objects.filter(pk=batch.village_id).first()
        return Place(
            township=Township.objects.get(pk=batch.township_id),
            village=village,
            within=user.village_scope(self.permission),
            layouts=layouts,
            on=on,
        )

    def place_by_code(self, *, township="", village="", on) -> Place | None:
        """The Place a command names by division codes of 9 or 12 digits; None when there is none."""
        if village:
            found = Village.objects.filter(code=village).select_related("township").first()
            return found and Place(township=found.township, village=found, on=on)
        found = Township.objects.filter(code=f"{township:0<12}").first()
        return found and Place(township=found, on=on)

    def place_name(self, township, village) -> str:
        """「大瑶镇 李畋村」, as the pages print it."""
        return f"{township} {village or '全乡镇'}"
