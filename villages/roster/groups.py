"""Sections and groups a roster names, made where they are missing."""

from villages.models import Group, Section

from .text import read_group


class Groups:
    """Sections and groups of the villages of some household Changes, by name.

    Args:
        trace: told of every one made or put into another section.
    """

    def __init__(self, changes, trace):
        self.trace = trace
        villages = {_village(each) for each in changes}
        self.sections = {
            (s.village_id, s.name): s for s in Section.objects.filter(village__in=villages)
        }
        self.groups = {
            (g.village_id, g.name): g for g in Group.objects.filter(village__in=villages)
        }

    def of(self, change):
        """The Group a household's Change ends in, with its section brought up to date."""
        village, (name, section) = _village(change), _said(change)
        name = name or change.stored.group.name
        group, section = self.groups.get((village, name)), self._section(village, section)
        if group is None:
            group = Group.objects.create(
                village_id=village, section=section, name=name, number=read_group(name)[1]
            )
            self.groups[village, name] = group
            self.trace.created([group])
        elif section and group.section_id != section.pk:
            before = {"section_id": group.section_id}
            group.section = section
            group.save(update_fields=["section"])
            self.trace.changed(group, before)
        return group

    def _section(self, village, name):
        if not name:
            return None
        if (village, name) not in self.sections:
            section = Section.objects.create(village_id=village, name=name)
            self.sections[village, name] = section
            self.trace.created([section])
        return self.sections[village, name]


def _said(change):
    """(group, section) as the file gives them, "" where nothing is to change."""
    if change.stored is None:
        return change.parsed.stored_group, change.parsed.section
    return change.values.get("group", ""), change.values.get("section", "")


def _village(change):
    return change.stored.village.pk if change.stored else change.parsed.village.pk
