"""All nine papers of a matter: each opens, says its number and words, and follows the office's own template."""

import datetime as dt
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from grievances import actions
from grievances.models import DeadlinePolicy, Step
from grievances.papers import kinds
from liaison import clock
from tests import docx_reading

from .conftest import DAY, moment

pytestmark = pytest.mark.wide

NOW = moment(DAY, 15)
# kind -> where its matter stands, and what is said on it by then beside number, summary and day
PAPERS = {
    kinds.FORM: ("closed_out", ("路灯已修好", "①实质办结")),
    kinds.ASSIGNMENT: ("assigned", ("民政办", "请尽快修复")),
    kinds.TRANSFER: ("transferred", ("水利站", "属于水利站")),
    kinds.ESCALATION: ("escalated", ("要协调资金",)),
    kinds.EXTENSION: ("extension_asked", ("备件未到",)),
    kinds.DECLINED: ("declined", ("不予受理", "周大山：")),
    kinds.REPLY: ("answered", ("路灯已修好", "周大山：")),
    kinds.CLOSE_OUT: ("closed_out", ("满意", "①实质办结")),
    kinds.SUPERVISION: ("supervised", ("三天内回复",)),
}
EACH = pytest.mark.parametrize("kind", PAPERS, ids=[kind.key for kind in PAPERS])
OURS = (
    "本镇用纸 {{ 标题 }}", "编号{{ 编号 }}，{{ 登记日期 }}登记：{{ 诉求摘要 }}",
    "{%p for 步 in 办理过程 %}", "{{ 步.环节 }}", "{%p endfor %}",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, monkeypatch):
    settings.PRIVATE_FILES = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def ready(matter_at, act, chen, sun):
    """``ready(kind)``: the matter where that paper has something to say, by the verbs that lead there."""

    def lead(kind):
        where, _ = PAPERS[kind]
        given = {"on": DAY, "now": NOW, "version": None}
        if where == "assigned":
            return act("assign", matter_at("accepted"), words="请尽快修复")
        if where in ("transferred", "escalated"):
            return act({"transferred": "transfer"}.get(where, "escalate"), matter_at("in_hand"))
        if where == "extension_asked":
            matter = matter_at("in_hand")
            DeadlinePolicy.objects.update(extend_by=10)
            actions.ask_extension(grievance=matter, by=chen, amount=3, reason="备件未到", **given)
            return matter
        if where == "supervised":
            matter, due = matter_at("in_hand"), DAY + dt.timedelta(days=3)
            more = {"level": "yellow", "words": "三天内回复", "reply_due_on": due}
            actions.supervise(grievance=matter, by=sun, **more, **given)
            return matter
        return matter_at(where)

    return lead


def page_of(kind, matter):
    return reverse(f"grievances:paper_{kind.key}", args=[matter.number])


def taken_out(client, kind, matter):
    """The .docx, as its parts say it."""
    answer = client.get(page_of(kind, matter), {"format": "docx"})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content


def test_there_are_nine():
    """意见建议办理表, 交办单, 转办单, 呈报表, 延期申请表, 不予受理告知书, 答复书, 销号表, 督办单."""
    assert set(PAPERS) == set(kinds.KINDS)
    assert len(PAPERS) == 9


@EACH
def test_it_opens_and_says_the_number_and_the_words(signed_in, zhao, ready, kind):
    matter = ready(kind)
    data = taken_out(signed_in(zhao), kind, matter)
    said = docx_reading.text(data)
    assert docx_reading.paragraphs(data)[0] == f"青山镇{kind.title}"
    for words in (matter.number, "村口路灯不亮", *PAPERS[kind][1]):
        assert words in said, words
    assert "{{" not in said and "{%" not in said
    assert "15400001234" not in said  # the telephone never in plain
    printed = signed_in(zhao).get(page_of(kind, matter)).content.decode()
    assert matter.number in printed


@pytest.mark.parametrize("kind", [kinds.DECLINED, kinds.REPLY], ids=lambda kind: kind.key)
def test_a_letter_to_a_villager_stands_as_letters_do(signed_in, zhao, ready, kind):
    """正文 of 三号 set in by two letters, 落款 to the right, where the seal goes; on the page to print as well."""
    matter, client = ready(kind), signed_in(zhao)
    document = Document(io.BytesIO(taken_out(client, kind, matter)))
    said = {each.text.split("\n")[0]: each for each in document.paragraphs if each.text.strip()}
    body = next(each for text, each in said.items() if text.startswith("您于2026年11月17日反映的"))
    assert (body.paragraph_format.first_line_indent.pt, body.runs[0].font.size.pt) == (32, 16)
    assert all(line.startswith("　　") for line in body.text.split("\n")[1:])
    signed = said["青山镇驻点联系群众办公室"]
    assert signed.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    page = client.get(page_of(kind, matter)).content.decode()
    assert page.count("doc-letter is-signed") == 2 and "doc-letter is-body" in page


@EACH
def test_it_follows_the_template_the_office_put_in_its_place(signed_in, zhao, ready, kind):
    matter, client = ready(kind), signed_in(zhao)
    page = reverse(f"settings:document_{kind.key}")
    sent = client.post(page, {"form_key": str(uuid.uuid4()), "file": template()})
    assert (sent.status_code, sent["Location"]) == (302, page)
    said = docx_reading.paragraphs(taken_out(client, kind, matter))
    steps = Step.objects.filter(grievance=matter).order_by("pk")
    assert said == [
        f"本镇用纸 青山镇{kind.title}",
        f"编号{matter.number}，2026-11-17登记：村口路灯不亮",
        *steps.values_list("act_name", flat=True),
    ]
    client.post(f"{page}restore/")
    back = docx_reading.paragraphs(taken_out(client, kind, matter))
    assert back[0] == f"青山镇{kind.title}"


@EACH
def test_another_paper_keeps_its_own_look(signed_in, zhao, ready, kind):
    """What is put in one kind's place changes no other kind."""
    matter, client = ready(kind), signed_in(zhao)
    other = next(each for each in kinds.KINDS if each is not kind)
    page = reverse(f"settings:document_{other.key}")
    client.post(page, {"form_key": str(uuid.uuid4()), "file": template()})
    assert "本镇用纸" not in docx_reading.text(taken_out(client, kind, matter))


def template():
    document, out = Document(), io.BytesIO()
    for text in OURS:
        document.add_paragraph(text)
    document.save(out)
    return SimpleUploadedFile("本镇.docx", out.getvalue())
