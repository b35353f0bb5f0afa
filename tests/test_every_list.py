"""What holds of every list: it can be taken out, by everybody who may read it."""

import io

import openpyxl
import pytest
from django.urls import reverse

from liaison.lists import ListView
from tests.addresses import PARAMETERS, ROUTES

pytestmark = pytest.mark.wide

LISTS = sorted(
    name
    for name, view in ROUTES.items()
    if issubclass(getattr(view, "view_class", object), ListView) and not PARAMETERS[name]
)


@pytest.mark.parametrize("name", LISTS)
def test_it_exports_to_xlsx_what_the_reader_sees(signed_in, everybody, name):
    access = ROUTES[name].view_class.access
    readers = [
        user for user in vars(everybody).values() if access == "signed-in" or user.has_perm(access)
    ]
    assert readers
    for reader in readers:
        answer = signed_in(reader).get(reverse(name), {"format": "xlsx"})
        assert answer.status_code == 200, (name, reader)
        content = b"".join(answer) if answer.streaming else answer.content
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet.page_setup.orientation == "landscape"
