"""How the tests bring in a roster through its page: upload, look, confirm."""

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liaison.idempotency import new_key

from .roster_files import number, roster, row

ZHOU, MEI = number(), number("19720202", 902)
BAD = "430181" + "19950303" + "9030"
FAMILY = roster(
    row(id=ZHOU, phone="15400000001"), row("李梅", "妻", id=MEI), row("周三", "子", id=BAD)
)


@pytest.fixture
def private_files(settings, tmp_path):
    """What is uploaded is kept in a folder of the test's own."""
    settings.PRIVATE_FILES = tmp_path


@pytest.fixture
def office(signed_in, zhao, shiqiao, private_files):
    """赵, who imports for 石桥村."""
    return signed_in(zhao)


def files():
    folder = django_settings.PRIVATE_FILES / "imports"
    return list(folder.iterdir()) if folder.exists() else []


def upload(client, village, data=FAMILY, name="名册.csv", key=None):
    file = SimpleUploadedFile(name, data)
    said = {"form_key": key or new_key(), "village": village.pk if village else "", "file": file}
    return client.post(reverse("villages:roster"), said)


def confirm(client, address):
    said = {"fingerprint": client.get(address).context["confirm"]["fingerprint"].value()}
    return client.post(f"{address}confirm/", said)


def text(client, address):
    return client.get(address).content.decode()
