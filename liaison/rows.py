"""Jinja2 for what repeats: rows of lists, drawn 20-100 times a page.

Django's templates render pages and forms; see docs/decisions/0003.
"""

from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from jinja2 import Environment, StrictUndefined

from . import personal


def day(value) -> str:
    """2026-11-21, or an empty text."""
    return value.strftime("%Y-%m-%d") if value else ""


def moment(value) -> str:
    """2026-11-21 09:30 in Shanghai, or an empty text."""
    return localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def environment(**options) -> Environment:
    """The environment of the engine named "rows" (settings.TEMPLATES)."""
    # Django offers its own ``autoescape`` and ``undefined``; ours are not up for choice.
    for ours in ("autoescape", "undefined"):
        options.pop(ours, None)
    env = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, **options
    )
    env.globals.update(url=reverse, static=static)
    env.filters.update(
        day=day,
        moment=moment,
        mask_id=personal.mask_id,
        mask_phone=personal.mask_phone,
        mask_name=personal.mask_name,
    )
    return env


def render_rows(template: str, context: dict) -> SafeString:
    """Render templates/rows/<template>; every value is escaped by the engine."""
    # Jinja2 escaped every value, so marking the result for Django's engine adds no risk.
    return SafeString(engines["rows"].get_template(template).render(context))
