"""The form that takes photos of a visit."""

from django import forms

from liaison.forms import CreateFormMixin
from liaison.pictures.drawing_anew import MOST_BYTES
from visits.models.photos import MOST_PHOTOS


class PicturesInput(forms.ClearableFileInput):
    """A telephone offers its camera and its album, a PC its folders."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several files at once; the field's value is the list of them."""

    widget = PicturesInput({"accept": "image/*", "data-shrink": ""})

    def clean(self, data, initial=None):
        """Each as Django checks a single one; too many, or one too heavy, is a sentence."""
        files = list(data or [])
        if not files:
            raise forms.ValidationError("请先选择照片。不传照片也可以，走访记录已经保存。")
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(f"一次走访最多{MOST_PHOTOS}张照片，请少选几张。")
        for each in files:
            super().clean(each, initial)
            if each.size > MOST_BYTES:
                raise forms.ValidationError(
                    f"“{each.name}”超过10MB，请缩小后再传，或用手机重拍一张。"
                )
        return files


class PhotosForm(CreateFormMixin):
    """Photos to add to a visit."""

    pictures = PicturesField(
        label="选择照片",
        help_text=f"可以一次选几张，每次走访最多{MOST_PHOTOS}张；每张不超过10MB，存入时自动去掉拍摄地点等信息。",
    )

    def content(self):
        """Which files, for the page of two contents."""
        files = self.cleaned_data["pictures"]
        return [("照片", f"{len(files)}张，共{sum(each.size for each in files)}字节")]
