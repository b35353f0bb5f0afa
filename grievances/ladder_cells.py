"""Cells and choices of 呈报层级: the post that answers at a rung, the 例会 that treats what came there."""

from django import forms
from import_export.fields import Field

from cadres.models import Post, StandingMeeting
from liaison.reference import widgets


class PostWidget(widgets.Widget):
    """负责岗位 by its title; whose it may be, check() asks."""

    def clean(self, value, row=None, **kwargs):
        """The post of that title; a title stands once in a township, so the resource narrows it."""
        title = widgets.tidy(value)
        return title or None

    def render(self, value, obj=None, **kwargs):
        """Its title."""
        return value.title if value else ""


class PostField(Field):
    """Finds the post among the township's own when the row is read."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        title = self.clean(row)
        post = Post.objects.filter(township=instance.township_id, title=title).first()
        if title and post is None:
            raise ValueError("本镇没有这个岗位，请核对岗位名称，或留空由该角色的人负责")
        instance.post = post


class StandingField(Field):
    """Finds the 例会 among the township's own when the row is read; of one name the newest."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        name = self.clean(row)
        rows = StandingMeeting.objects.filter(township=instance.township_id, name=name)
        instance.standing = rows.order_by("-valid_from", "-pk").first() if name else None
        if name and instance.standing is None:
            raise ValueError("本镇“例会安排”里没有这个会议，请核对名称，或先在例会安排中新增")


class NameWidget(widgets.TextWidget):
    """A row by its name, going out."""

    def render(self, value, obj=None, **kwargs):
        """ "" for none."""
        return value.name if value else ""


class StandingChoice(forms.ModelChoiceField):
    """例会 with its time."""

    def label_from_instance(self, obj):
        """「调度会 每月25日 09:00–11:30」."""
        return str(obj)
