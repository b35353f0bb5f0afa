"""A picture that came in is decoded and drawn anew: nothing of the file itself is kept.

So where it was taken (GPS), with what telephone and when, and anything hidden behind the picture, is gone
before it is stored (decision 0040).
"""

import io
import warnings
from dataclasses import dataclass

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from liaison.errors import NotAllowed

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000  # the largest telephones take 50 million; more is a bomb
LONGEST, SMALL = 1600, 240  # pixels of the longer side: to read a notice board; to know it again
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
QUALITY = 82
FONT = "NotoSerifSC-Regular.ttf"


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew, as JPEG, in two sizes."""

    whole: bytes
    small: bytes
    width: int
    height: int


def draw_anew(data: bytes, name: str) -> Picture:
    """Decode a picture and draw it anew, upright, without a word about it.

    Args:
        name: what the file was called; only to say which one is refused.
    Raises:
        NotAllowed: it is no picture we read, is broken, too heavy or too large; says what to do.
    """
    if len(data) > MOST_BYTES:
        raise NotAllowed(f"“{name}”超过10MB，请缩小后再传，或用手机重拍一张。")
    image = _decoded(data, name)
    if max(image.size) > LONGEST:
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    small = image.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Picture(_jpeg(image), _jpeg(small), *image.size)


def _decoded(data, name):
    """The picture upright and in plain colours, on white where it was transparent."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=KINDS)
            if image.width * image.height > MOST_PIXELS:
                raise NotAllowed(f"“{name}”的尺寸太大，请缩小后再传。")
            image = ImageOps.exif_transpose(image)
            shown = image.convert("RGBA")
    except UnidentifiedImageError as unknown:
        raise NotAllowed(
            f"“{name}”不是能识别的图片，请传 jpg 或 png；苹果手机的 HEIC 照片请先转成 jpg。"
        ) from unknown
    except NotAllowed:
        raise
    except Exception as broken:  # decoders raise whatever a broken file makes them raise
        raise NotAllowed(f"“{name}”已损坏，打不开，请重新选择。") from broken
    ground = Image.new("RGB", shown.size, "white")
    ground.paste(shown, mask=shown.getchannel("A"))
    return ground


def _jpeg(image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def marked(jpeg: bytes, words: str) -> bytes:
    """The picture with a line of words across its foot: who looked at it and when."""
    image = Image.open(io.BytesIO(jpeg))
    height = max(12, image.width // 45)
    brush = ImageDraw.Draw(image, "RGBA")
    brush.rectangle((0, image.height - height * 2, image.width, image.height), fill=(0, 0, 0, 110))
    brush.text(
        (height // 2, image.height - height * 1.7),
        words,
        font=_font(height),
        fill=(255, 255, 255, 230),
    )
    return _jpeg(image)


def _font(height):
    path = settings.BASE_DIR / "var" / "fonts" / FONT
    return (
        ImageFont.truetype(str(path), height) if path.exists() else ImageFont.load_default(height)
    )
