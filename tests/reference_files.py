"""How the tests bring in a file of 基础数据: the sheet, the upload, the confirmation."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from liaison.idempotency import new_key

HEADS = ["编码", "名称", "顺序", "在用"]


def text(answer):
    return answer.content.decode()


def book(rows, heads=HEADS, title="Sheet1"):
    """An .xlsx of these rows."""
    workbook = Workbook()
    workbook.active.title = title
    for row in [heads, *rows]:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.fixture
def office(signed_in, zhao):
    return signed_in(zhao)


def upload(client, data, key="categories", name="类别.xlsx", **said):
    file = SimpleUploadedFile(name, data)
    return client.post(
        reverse(f"settings:{key}_import"), {"form_key": new_key(), "file": file, **said}
    )


def confirmation(page):
    form = page.context["form"]
    return {name: form[name].value() for name in ("form_key", "fingerprint", "payload")}


def confirm(client, page, key="categories"):
    return client.post(reverse(f"settings:{key}_import"), confirmation(page))


def counts(page):
    return dict(page.context["staged"].counts())
