"""What printed pages need: a QR code as a picture that is part of the page."""

from django import template

from liaison.pdf.drawing import QUIET, qr_of

register = template.Library()


@register.filter
def qr_uri(text) -> str:
    """The QR code of a text as a data: address of a picture, for <img src>; the policy of pages allows it."""
    return qr_of(text).png_data_uri(border=QUIET, scale=8)


@register.filter
def unbroken(text) -> str:
    """「09:00–11:30」 on one line: no break beside the dash."""
    return text.replace("–", "\u2060–\u2060")
