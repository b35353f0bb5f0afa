"""A paper leaves the house: as a .docx, as several in one zip, or as a page to print; each with its audit line."""

import io
import zipfile
from collections import Counter

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from liaison import audit
from liaison.excel import clean_file_part
from liaison.models import DocumentTemplate

from . import store
from .kinds import Kind
from .layout import Paper
from .refusing import DocumentRefused
from .rendering import DOCX, fill_in
from .shipped import template as shipped_template

HINT = "请用浏览器的“打印”(Ctrl+P)：纸张选A4，边距选“默认”，缩放100%；要改内容的请下载 .docx。"
MISSING = "本镇模板的文件不在了或已损坏，请镇驻点办重新上传，或恢复自带模板。"


def template_in_use(township_id, kind: Kind) -> bytes:
    """The .docx a township's papers of a kind are made of.

    Raises:
        DocumentRefused: the township's own is gone or was changed on the disk.
    """
    row = DocumentTemplate.objects.in_use(township_id, kind.key)
    if row is None or row.is_shipped:
        return shipped_template(kind.key)
    data = store.read(row.stored_name, row.digest)
    if data is None:
        raise DocumentRefused(MISSING)
    return data


def file_name(paper: Paper, ending="docx") -> str:
    """青山镇_石桥村_驻点日志_20261121.docx."""
    parts = (*paper.place, paper.kind.title, paper.when)
    return "_".join(filter(None, map(clean_file_part, parts))) + f".{ending}"


def docx_answer(papers: list[Paper], *, by, township_id, name="") -> HttpResponse:
    """One .docx, or a zip of several, and the audit line that they were taken.

    Args:
        name: of the zip without its ending. by: who takes them.
    Raises:
        DocumentRefused: a township's own template cannot be used.
    """
    templates = {
        kind.key: template_in_use(township_id, kind) for kind in {paper.kind for paper in papers}
    }
    files = [
        (file_name(paper), fill_in(templates[paper.kind.key], paper.context)) for paper in papers
    ]
    leave_a_line(papers, by=by, township_id=township_id, way="docx")
    if len(files) == 1:
        ((told, body),) = files
        return _file(body, told, DOCX)
    return _file(_zip(files), f"{name}.zip", "application/zip")


def print_answer(request, papers: list[Paper], *, township_id, title, back_to, docx_url=""):
    """The same papers as a page to print, and the audit line."""
    leave_a_line(papers, by=request.user, township_id=township_id, way="网页打印")
    context = {
        "papers": papers, "title": title, "back_to": back_to, "docx_url": docx_url, "hint": HINT,
    }  # fmt: skip
    return render(request, "liaison/paper.html", context)


@transaction.atomic
def leave_a_line(papers, *, by, township_id, way) -> None:
    """「导出」 in the trail: which papers, how many, how."""
    names = list(dict.fromkeys(paper.kind.title for paper in papers))
    places = list(dict.fromkeys("".join([*paper.place[1:], paper.when]) for paper in papers))
    audit.record(
        by=by, action="导出", label="、".join(names)[:200],
        after={"文书": "、".join(places)[:500], "份数": len(papers), "方式": way},
        township_id=township_id,
    )  # fmt: skip


def _file(body, name, kind):
    disposition = content_disposition_header(True, name)
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": disposition})


def _zip(files):
    """The files in one; of two that are called the same the later gets a number."""
    out, taken = io.BytesIO(), Counter()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # a .docx is packed already
        for name, body in files:
            taken[name] += 1
            stem, dot, ending = name.rpartition(".")
            again = f"{stem}_{taken[name]}{dot}{ending}" if taken[name] > 1 else name
            archive.writestr(again, body)
    return out.getvalue()
