"""What printed pages need: a QR code as a picture that is part of the page."""

from django import template

from liaison.pdf.drawing import QUIET, qr_of

register = template.Library()


@register.filter
def qr_uri(text) -> str:
    """The QR code of a text as a data: address of an SVG, for <img src>; the policy of pages allows it."""
    return qr_of(text).svg_data_uri(border=QUIET, omitsize=True, xmldecl=False, nl=False)
