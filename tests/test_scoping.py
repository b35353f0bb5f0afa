"""One gate: a row is seen by those whose territory it is, and there is no model without a row here."""

import pytest
from django.apps import apps
from django.conf import settings

from cadres.models import User
from liaison import clock

# Whose rows they are. A new scoped model fails below until it stands in one line, with a row in
# tests/lived_in.py.
OF_A_VILLAGE = {
    "Village", "Group", "Household", "Resident", "LiaisonPlan", "LiaisonSession", "Visit",
    "Grievance", "Step", "FollowUp", "TagHolding", "RegistryEvent", "Representative", "HouseholdLink",
    "HousePoint", "PublicNotice", "VisitPhoto",
    "Appointment", "LeaveRequest", "TakenAlong", "Suspension", "Assist", "Extension",
    "AlertLevel", "IssuedPaper", "MatterFile", "ClosedNumber",
    "Proposal", "ProposalLine", "Need", "NeedLine", "Amendment", "Wish", "WishStep",
    "DaySheet", "SheetLine",
    "OverdueRise", "Supervision", "Meeting", "MeetingItem", "LookBack", "RedoCall",
}  # fmt: skip
# Read through the household: a village contact reads those of the households linked to him.
OF_A_HOUSEHOLD = {
    "Household", "Resident", "TagHolding", "RegistryEvent", "Visit", "HouseholdLink", "Representative",
    "Appointment", "Proposal", "ProposalLine", "Need", "NeedLine", "Amendment", "VisitPhoto", "Wish",
    "WishStep", "SheetLine", "HousePoint",
}  # fmt: skip
OF_A_TOWNSHIP = {
    "User", "Post", "Holding", "Handover", "Department", "LiaisonTeam", "StandingMeeting", "GroupRobot",
    "VisitRound", "Publication",
}  # fmt: skip
OF_AN_OFFICE = {
    "CalendarDay", "Delivery", "DeadlinePolicy", "ReportPolicy", "LinkPolicy", "CardText", "NoticePolicy",
    "SessionPolicy", "ReminderPolicy", "ContactPolicy", "VisitQuota", "DocumentTemplate", "Rung",
    "RoutingRule", "SupervisionRule", "FollowUpPolicy", "FollowUpSample", "SampledMatter", "LookBackDraw",
    "AlertBand", "PaperPolicy", "ConfidentialPolicy",
}  # fmt: skip
OF_MATTERS = {  # which a contact does not read
    "Grievance", "Step", "FollowUp", "TakenAlong", "Suspension", "Assist", "OverdueRise", "Supervision",
    "Meeting", "MeetingItem", "LookBack", "RedoCall", "Extension", "AlertLevel",
    "IssuedPaper", "MatterFile", "ClosedNumber",
}  # fmt: skip
OF_THE_OFFICE_AND_LEADS = {"LeaveRequest"}  # why somebody is away is nobody else's business
OF_ONE_PERSON = {
    "Notice": "li",
    "CalendarFeed": "li",
    "ImportBatch": "zhao",
    "Job": "zhao",
    "Triage": "zhao",
    "TriageLine": "zhao",
}
KNOWN = OF_A_VILLAGE | OF_A_TOWNSHIP | OF_AN_OFFICE | set(OF_ONE_PERSON)


def scoped_models():
    """Every model of ours whose manager has ``visible_to``."""
    models = (m for app in settings.LOCAL_APPS for m in apps.get_app_config(app).get_models())
    return sorted(
        (model for model in models if hasattr(model.objects.all(), "visible_to")),
        key=lambda model: model.__name__,
    )


def sees(user, row) -> bool:
    """Whether a person's lists may hold this row."""
    return type(row).objects.visible_to(user).filter(pk=row.pk).exists()


def test_every_scoped_model_says_whose_its_rows_are():
    assert {model.__name__ for model in scoped_models()} == KNOWN


@pytest.mark.parametrize("model", scoped_models(), ids=lambda m: m.__name__)
def test_a_row_is_not_seen_from_the_other_township(ours, theirs, li, zhao, qian, model):
    name = model.__name__
    assert name in ours, f"add a row of {name} to tests/lived_in.py"
    owner = zhao if name in OF_AN_OFFICE or OF_ONE_PERSON.get(name) == "zhao" else li
    assert sees(owner, ours[name])
    assert not sees(qian, ours[name])
    assert sees(qian, theirs[name])
    assert not sees(owner, theirs[name])


@pytest.mark.parametrize("name", sorted(OF_A_VILLAGE))
def test_the_next_village_is_not_seen(ours, li, wang, zhao, name):
    assert sees(li, ours[name])
    assert sees(zhao, ours[name])
    assert not sees(wang, ours[name])


def test_every_row_of_a_household_says_the_way_to_it():
    """A contact sees his own households only: a new model with a household declares ``household_path``."""
    reached = {
        model.__name__
        for model in scoped_models()
        if any(field.name == "household" for field in model._meta.fields)
        or getattr(model.objects.all(), "household_path", "")
    }
    ledger = {"Grievance"}  # a contact reads none of it (test_who_reads_no_cases_finds_none)
    assert reached - ledger == OF_A_HOUSEHOLD - {"Representative"}


@pytest.mark.parametrize("name", sorted(OF_A_VILLAGE - OF_MATTERS - OF_THE_OFFICE_AND_LEADS))
def test_a_contact_sees_his_own_households_alone(ours, contact, name):
    assert sees(contact, ours[name]) == (name not in OF_A_HOUSEHOLD)
    ours["Representative"].user = contact
    ours["Representative"].save()
    assert sees(contact, ours[name])
    ours["HouseholdLink"].until = clock.today()
    ours["HouseholdLink"].save()
    # What is past is past; himself he still finds.
    assert sees(contact, ours[name]) == (name not in OF_A_HOUSEHOLD or name == "Representative")


@pytest.mark.parametrize("name", sorted(OF_A_TOWNSHIP))
def test_the_township_knows_its_people(ours, li, wang, zhao, name):
    assert all(sees(user, ours[name]) for user in (li, wang, zhao))


@pytest.mark.parametrize("name", sorted(OF_ONE_PERSON))
def test_what_is_mine_is_nobody_elses(ours, everybody, name):
    seeing = {who for who, user in vars(everybody).items() if sees(user, ours[name])}
    assert seeing == {OF_ONE_PERSON[name]}


@pytest.mark.parametrize("model", scoped_models(), ids=lambda m: m.__name__)
def test_without_a_post_nothing_is_seen(ours, li, qingshan, model):
    """Days of the country and general policies are no territory; what belongs to a place is."""
    nobody = User.objects.create_user("nobody", display_name="无岗", township=qingshan)
    assert not sees(nobody, ours[model.__name__])


def test_leave_is_read_by_who_asked_his_lead_and_the_office(ours, everybody):
    seeing = {who for who, user in vars(everybody).items() if sees(user, ours["LeaveRequest"])}
    assert seeing == {"li", "zhao"}


@pytest.mark.parametrize("name", sorted(OF_MATTERS))
def test_who_reads_no_cases_finds_none(ours, sun, admin, auditor, contact, name):
    assert sees(sun, ours[name])
    assert not any(sees(user, ours[name]) for user in (admin, auditor, contact))


def test_a_handler_finds_what_stands_with_his_department(ours, chen, minzheng, qingshan):
    assert sees(chen, ours["Grievance"])
    ours["Grievance"].department = qingshan.departments.create(name="农业办")
    ours["Grievance"].save()
    assert not sees(chen, ours["Grievance"])
