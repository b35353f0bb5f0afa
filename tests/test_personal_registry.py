"""Nothing personal is kept in silence: each such field is on the registry's page, or said here not to be one."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from liaison.personal import REGISTRY

LOOKS_PERSONAL = re.compile(
    r"(^|_)(name|pinyin|phone|phones|index|id_number|address|birth|email|sex|relation|remark|tags?|"
    r"visitor|complainant|person|stand_in|said|words|detail|verbatim|summary|result|token|left)(_|$)"
)
# How the page names two models in the words of the desk.
WORD_OF = {"User": "干部", "Grievance": "诉求"}
# {model: fields that look it and are not}: names of places, offices, files and codes.
NOT_PERSONAL = {
    "Township": {"name", "county_name"},
    "Village": {"name", "pinyin"},
    "Section": {"name"},
    "Group": {"name"},
    "ResidentTag": {"name"},
    "CalendarDay": {"name"},
    "Department": {"name", "phone"},  # the unit's own telephone
    "CardText": {"office_phone", "phones"},  # the office's own telephone; a choice
    "LiaisonTeam": {"name"},
    "StandingMeeting": {"name"},
    "VisitRound": {"name"},
    "GroupRobot": {"name", "address"},  # a group, and where its robot listens
    "Heartbeat": {"name"},
    "Category": {"name"},
    "Source": {"name"},
    "DeclineReason": {"name"},
    "SettlementMethod": {"name"},
    "SuspendReason": {"name"},
    "NeedKind": {"name"},
    "DeadlinePolicy": {"name"},
    "Rung": {"name"},
    "RoutingRule": {"name"},
    "WishKind": {"name"},
    "Submission": {"result"},  # an address
    "Grievance": {"village_words", "due_words"},  # a place and a time limit of an older ledger
    "MatterFile": {"stored_name"},  # the random name of a file
    "VisitPhoto": {"small_name"},  # the random name of a file
    "ImportBatch": {"place_name", "file_name", "stored_name", "problems_name"},
    "DocumentTemplate": {"file_name", "stored_name"},
}
# What people of the office did, under their names: the trail every act leaves, kept by law for a time of its own.
TRAIL = {
    "AuditEntry": {"actor_name", "result"},
    "Job": {"requested_by_name"},
    "ImportBatch": {"uploaded_by_name", "undone_by_name"},
    "ImportLayout": {"saved_by_name"},
    "DocumentTemplate": {"set_by_name"},
    "RegistryEvent": {"by_name"},
    "Step": {"by_name", "act_name"},
    "Extension": {"asked_by_name", "decided_by_name"},
    "AlertLevel": {"by_name"},
    "Amendment": {"by_name"},
    "IssuedPaper": {"issued_by_name"},
    "ProposalLine": {"by_name"},
    "NeedLine": {"by_name"},
    "WishStep": {"by_name", "act_name"},
    "User": {"username", "phone_index"},
}


def models():
    return [model for app in settings.LOCAL_APPS for model in apps.get_app_config(app).get_models()]


def word_of(model):
    return WORD_OF.get(model.__name__, str(model._meta.verbose_name))


def kept(model):
    """Names of a model's own fields that hold words, dates or choices, and of its tags."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return {field.name for field in fields if not field.many_to_one and not field.one_to_one}


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_that_looks_personal_is_registered_or_said_not_to_be(model):
    registered = {entry.field for entry in REGISTRY if entry.model == word_of(model)}
    excused = NOT_PERSONAL.get(model.__name__, set()) | TRAIL.get(model.__name__, set())
    looking = {name for name in kept(model) if LOOKS_PERSONAL.search(name)}
    assert looking <= registered | excused


def test_the_registry_names_only_what_is_kept():
    fields = {
        word_of(model): {field.name for field in model._meta.get_fields()} for model in models()
    }
    assert [entry for entry in REGISTRY if entry.field not in fields.get(entry.model, ())] == []


def test_no_excuse_outlives_its_field():
    known = {model.__name__: kept(model) for model in models()}
    for excuses in (NOT_PERSONAL, TRAIL):
        assert {
            name: names - known[name] for name, names in excuses.items() if names - known[name]
        } == {}


def test_every_entry_says_purpose_retention_and_mask_on_the_page(signed_in, zhao):
    page = signed_in(zhao).get(reverse("villages:personal_data")).content.decode()
    for entry in REGISTRY:
        assert all((entry.name, entry.purpose, entry.retention, entry.mask))
        assert entry.name in page
