"""A printed PDF shows every character, brings its fonts along, and breaks its lines as a printer would."""

import io

import pytest
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4

from liaison.errors import NotAllowed
from liaison.pdf import fonts
from liaison.pdf.drawing import Style, block, height_of, line, mm, new_canvas, qr, qr_of
from liaison.pdf.wrapping import wrap


def drawn(draw):
    """A PDF of one page, read back."""
    stream = io.BytesIO()
    canvas = new_canvas(stream, A4, "测试")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return PdfReader(stream)


def fonts_of(reader):
    """{name: its font file's key} of every font of the file; no file, no embedding."""
    found = {}
    for page in reader.pages:
        for each in page["/Resources"].get("/Font", {}).values():
            font = each.get_object()
            descriptor = font.get("/FontDescriptor", {})
            found[font["/BaseFont"]] = "/FontFile2" if "/FontFile2" in descriptor else ""
    return found


def test_rare_characters_of_villages_and_names_are_shown():
    said = "埇桥区迴龙村㙟䶮〇"
    assert fonts.missing_from(said + "𬭚") == ""
    reader = drawn(lambda canvas: line(canvas, said, 100, 700))
    assert said in reader.pages[0].extract_text()


def test_a_character_no_font_holds_is_named_and_leaves_a_mark():
    assert fonts.missing_from("王𠀀明𠀀") == "𠀀"
    assert fonts.printable("王𠀀明") == "王〓明"
    assert fonts.printable("王明") == "王明"


def test_only_pieces_of_real_fonts_are_embedded_and_nothing_is_left_to_the_reader():
    def draw(canvas):
        line(canvas, "便民服务卡", 100, 700, font=fonts.BOLD)
        line(canvas, "驻点时间", 100, 650)
        line(canvas, "138 0000 0000", 100, 600, font=fonts.FIGURES)

    reader = drawn(draw)
    held = fonts_of(reader)
    assert set(held.values()) == {"/FontFile2"}
    assert len(held) == 3
    assert all("+" in name for name in held)  # ABCDEF+Name: a subset
    assert len(reader.stream.getvalue()) < 100_000  # of fonts of 15 MB each


def test_without_its_fonts_a_print_is_refused_with_what_to_do(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(NotAllowed, match="make setup"):
        new_canvas(io.BytesIO(), A4, "测试")


@pytest.mark.parametrize("width", range(60, 200, 7))
def test_no_line_begins_with_a_stop_or_breaks_a_number(width):
    fonts.ready()
    said = (
        "能办的当场办，不能当场办的说明时限；件件有着落（含转办），事事有回音。电话0731-83880000。"
    )
    lines = wrap(said, fonts.SONG, 12, width)
    assert "".join(lines) == said
    assert not [each for each in lines if each[0] in "，；。）" or each[-1] == "（"]
    assert any("0731-83880000" in each for each in lines)


def test_a_text_of_many_lines_is_made_smaller_until_it_fits():
    words = [("承诺" * 200, Style(14, after=0.5))]
    frame = 60 * mm
    assert height_of(words, 80 * mm, frame) <= frame
    reader = drawn(lambda canvas: block(canvas, words, 100, 700, 80 * mm, frame))
    assert reader.pages[0].extract_text().count("承诺") > 150
    assert height_of([("短", Style(14))], 80 * mm, frame) == pytest.approx(14 * 1.35)


def test_a_line_too_long_for_its_place_keeps_to_it():
    taken = {}
    drawn(lambda canvas: taken.update(wide=line(canvas, "长" * 60, 0, 0, size=20, width=100)))
    drawn(lambda canvas: taken.update(short=line(canvas, "短", 0, 0, size=20, width=100)))
    assert taken == {"wide": 100, "short": 20}


def test_a_qr_code_is_drawn_square_by_square():
    code = qr_of("BEGIN:VCARD\nFN:李明")
    dark = sum(map(sum, code.matrix))
    reader = drawn(lambda canvas: qr(canvas, "BEGIN:VCARD\nFN:李明", 100, 100, 25 * mm))
    rectangles = reader.pages[0].get_contents().get_data().count(b" re ")
    assert 0 < rectangles < dark
    assert code.error == "M"
