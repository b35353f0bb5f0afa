"""Templates of papers: the shipped ones stand the check of an uploaded one; a bad one is refused by name."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.documents import checking
from liaison.documents.checking import check_template
from liaison.documents.kinds import KINDS
from liaison.documents.refusing import DocumentRefused
from liaison.documents.rendering import fill_in
from liaison.documents.shipped import template

LOG = "log"
EVERY = sorted(KINDS)


def docx(*paragraphs):
    """A .docx with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data, **more):
    """The same zip with more parts, or other ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            if info.filename not in more:
                new.writestr(info.filename, old.read(info))
        for name, body in more.items():
            new.writestr(name, body)
    return out.getvalue()


def words_of(data):
    """Every text of a .docx, paragraph by paragraph, those in tables too."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def refused(data, key=LOG):
    """The sentence with which it is refused."""
    with pytest.raises(DocumentRefused) as refusal:
        check_template(data, KINDS[key])
    return str(refusal.value)


@pytest.mark.parametrize("key", EVERY)
def test_a_shipped_template_stands_the_check_of_an_uploaded_one(key):
    check_template(template(key), KINDS[key])


@pytest.mark.parametrize("key", EVERY)
def test_a_shipped_template_says_everything_its_fields_page_shows(key):
    kind = KINDS[key]
    said = "".join(words_of(fill_in(template(key), kind.sample())))
    assert "{" not in said
    assert kind.title[-2:] in said
    laid_out = [name for block in kind.layout for name in getattr(block, "fields", ())]
    assert all(kind.sample()[name] in said for name in laid_out)
    page = Document(io.BytesIO(template(key))).sections[0]
    assert round(page.page_width.mm) == (297 if kind.is_landscape else 210)


def test_a_villagers_words_come_out_as_text():
    sample = KINDS[LOG].sample()
    sample["记录"][0]["情况"] = "5<6 & 7>3\n第二行 {{ 标题 }} {% raw %}\x07\x0b"
    said = words_of(fill_in(template(LOG), sample))
    assert "5<6 & 7>3\n第二行 {{ 标题 }} {% raw %}" in said


@settings(max_examples=15)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40))
def test_any_words_come_out_letter_by_letter(words):
    said = words_of(fill_in(docx("{{ 合计 }}"), KINDS[LOG].sample() | {"合计": f"话{words}完"}))
    assert f"话{words}完" in said


def test_a_field_of_the_township_own_making_is_refused_by_its_name():
    assert "“驻点人名”" in refused(docx("{{ 驻点人名 }}"))
    rows = docx("{% for 行 in 记录 %}{{ 行.电话 }}{% endfor %}")
    assert "“行.电话”" in refused(rows)
    check_template(docx("{{ 驻点人员 }}{% for 行 in 记录 %}{{ 行.对象 }}{% endfor %}"), KINDS[LOG])


def test_a_field_in_a_branch_the_sample_does_not_take_is_refused_too():
    assert "“体温”" in refused(docx("{% if 合计 == '' %}{{ 体温 }}{% endif %}"))


def test_a_field_in_the_foot_is_read_too():
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "{{ 页脚 }}"
    out = io.BytesIO()
    document.save(out)
    assert "“页脚”" in refused(out.getvalue())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{{ ''.__class__ }}", "__class__"),
        ("{{ 标题.__class__.__mro__ }}", "__mro__"),
        ("{{ 标题['__class__'] }}", "__class__"),
        ("{{ 标题|attr('x') }}", "|attr"),
        ("{{ 标题|safe }}", "|safe"),
        ("{{ 标题.upper() }}", "(…)"),
        ("{{ range(10) }}", "(…)"),
        ("{{ cycler('a') }}", "(…)"),
        ("{{ self }}", "self"),
        ("{% set x = 1 %}", "set"),
        ("{{ 标题 * 999999999 }}", "*"),
        ("{{ 标题 ~ 标题 }}", "~"),
        ("{{ '%999999999d' % 1 }}", "%"),
        ("{% include 'x' %}", "include"),
        ("{% for a in 标题 %}{% endfor %}", "for"),
        ("{% macro x() %}{% endmacro %}", "macro"),
    ],
)
def test_whatever_is_no_field_loop_or_condition_is_refused(words, told):
    assert f"“{told}" in refused(docx(words))


def test_loops_in_loops_are_bounded():
    deep = "{% for a in 记录 %}" * 3 + "{% endfor %}" * 3
    assert "“for”" in refused(docx(deep))


def test_a_tag_left_open_is_told():
    assert "没有写对" in refused(docx("{% for 行 in 记录 %}{{ 行.对象 }}"))
    assert "没有写对" in refused(docx("{{ 标题"))


def test_a_macro_is_refused():
    assert refused(changed(docx(), **{"word/vbaProject.bin": b"x"})) == checking.MACRO
    types = zipfile.ZipFile(io.BytesIO(docx())).read("[Content_Types].xml")
    typed = types.replace(
        checking.BODY_TYPE, b"application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    assert refused(changed(docx(), **{"[Content_Types].xml": typed})) == checking.MACRO


def test_a_zip_bomb_is_refused_before_it_unfolds():
    bomb = changed(docx(), **{"word/media/a.bin": b"\0" * 15_000_000})
    assert refused(bomb) == checking.BOMB
    many = changed(docx(), **{f"word/media/{n}.bin": b"" for n in range(500)})
    assert refused(many) == checking.BOMB


def test_a_part_that_lies_about_its_size_is_refused():
    data = bytearray(changed(docx(), **{"word/media/a.bin": b"\0" * 15_000_000}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/media/a.bin"))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert refused(bytes(data)) in (checking.BOMB, checking.BROKEN_FILE)


def test_what_is_no_docx_is_told_so():
    assert refused(b"hello") == checking.NOT_DOCX
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == checking.OLD
    assert refused(docx()[:2000]) == checking.BROKEN_FILE
    assert refused(b"\0" * 3_000_000) == checking.TOO_BIG
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refused(out.getvalue()) == checking.NOT_DOCX


def test_what_would_be_fetched_from_outside_is_refused():
    relations = zipfile.ZipFile(io.BytesIO(docx())).read("word/_rels/document.xml.rels")
    outside = relations.replace(
        b"</Relationships>",
        b'<Relationship Id="r9" Type="http://x/image" Target="http://1.2.3.4/a" TargetMode="External"/>'
        b"</Relationships>",
    )
    fetched = changed(docx(), **{"word/_rels/document.xml.rels": outside})
    assert refused(fetched) == checking.OUTSIDE
    declared = changed(docx(), **{"word/styles.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'})
    assert refused(declared) == checking.BROKEN_FILE
