"""Which stored matter a row of the file means, and whose household it is."""

from collections import Counter, defaultdict

from django.db.models import Count, Max, Sum

from grievances.models import ClosedNumber, Grievance, Step
from liaison import personal
from villages.models import Resident

CHUNK = 800  # values to a query; SQLite takes some thousands
IMPORTED = "import"


class Stored:
    """The matters of a township a file may speak of, and who of them was worked on since.

    Args:
        days: (first, last) day of registration in the file.
        numbers: every number in it.
    """

    def __init__(self, township, days, numbers):
        # The confidential ones too: a row that is one now must not come in a second time.
        rows = Grievance.every.filter(township=township).order_by("pk")
        self.rows = {each.pk: each for each in rows.filter(registered_on__range=days)}
        for name in ("number", "source_number"):
            for chunk in _chunks(sorted(numbers)):
                self.rows |= {each.pk: each for each in rows.filter(**{f"{name}__in": chunk})}
        self.worked_on = self._worked_on()
        self.by_number = {each.number: each for each in self.rows.values()}
        for chunk in _chunks(sorted(numbers)):
            closed = ClosedNumber.objects.filter(township=township, number__in=chunk)
            self.by_number |= {
                each.number: each.grievance for each in closed.select_related("grievance")
            }

    def _worked_on(self):
        """Ids of matters with a step beyond their import; their state is ours, not the file's."""
        found = {pk for pk, row in self.rows.items() if not row.is_imported}
        for chunk in _chunks([pk for pk, row in self.rows.items() if row.is_imported]):
            steps = Step.objects.filter(grievance__in=chunk).exclude(act=IMPORTED)
            found |= set(steps.values_list("grievance", flat=True))
        return found


def match(matters, stored) -> dict:
    """{id(matter): Grievance}, each stored row once.

    By our own number; by the older number with day and village; by the older number alone where it is
    single on both sides and the person or the words agree; by what was said, when, where and by whom.
    """
    matcher = _Matcher(matters, stored)
    matcher.by_own_number()
    matcher.in_turn(_numbered, _numbered_row)
    matcher.by_single_number()
    matcher.in_turn(lambda m: m.content_key, _content_of)
    return matcher.found


class _Matcher:
    def __init__(self, matters, stored):
        self.matters, self.stored = matters, stored
        self.found, self.taken = {}, set()

    def _take(self, matter, row):
        self.found[id(matter)] = row
        self.taken.add(row.pk)

    def _open_matters(self):
        return [each for each in self.matters if id(each) not in self.found]

    def _open_rows(self):
        rows = self.stored.rows.values()
        return [each for each in rows if each.is_imported and each.pk not in self.taken]

    def by_own_number(self):
        for matter in self.matters:
            row = self.stored.by_number.get(matter.number)
            if row is not None and row.pk not in self.taken:
                self._take(matter, row)

    def in_turn(self, key_of, row_key_of):
        """Equal keys meet in the order of the file and of the import."""
        waiting = defaultdict(list)
        for row in self._open_rows():
            waiting[row_key_of(row)].append(row)
        for matter in self._open_matters():
            key = key_of(matter)
            if key is not None and waiting[key]:
                self._take(matter, waiting[key].pop(0))

    def by_single_number(self):
        matters, rows = self._open_matters(), self._open_rows()
        in_file = Counter(each.number for each in matters)
        in_house = Counter(each.source_number for each in rows)
        single = {each.source_number: each for each in rows if in_house[each.source_number] == 1}
        for matter in matters:
            row = single.get(matter.number)
            if matter.number and in_file[matter.number] == 1 and row and _agree(matter, row):
                self._take(matter, row)


def _numbered(matter):
    if not matter.number:
        return None
    return matter.number, matter.values["registered_on"], matter.village and matter.village.pk


def _numbered_row(row):
    return row.source_number, row.registered_on, row.village_id


def _content_of(row):
    text = "".join((row.detail or row.summary).split())
    return row.registered_on, row.village_id or row.village_words, row.complainant, text


def _agree(matter, row):
    same_words = matter.content_key[3] == _content_of(row)[3]
    return same_words or (not matter.nobody and matter.values["complainant"] == row.complainant)


class Residents:
    """Finds the household of somebody who certainly is a resident: by ID number or phone, and by name."""

    def __init__(self, township, matters):
        wanted = {"id_index": set(), "phone_index": set()}
        for matter in matters:
            if not matter.nobody:
                wanted["id_index"].add(_index(matter.id_number, "id"))
                wanted["phone_index"] |= {_index(phone, "phone") for phone in matter.phones}
        rows = Resident.objects.filter(township=township)
        names = ("name", "household_id", "village_id")
        self.found = defaultdict(set)
        for field, indexes in wanted.items():
            for chunk in _chunks(sorted(indexes - {""})):
                hits = rows.filter(**{f"{field}__in": chunk})
                for index, *who in hits.values_list(field, *names):
                    self.found[field, index].add(tuple(who))

    def household_of(self, matter):
        """The household's id; None unless exactly one fits in the matter's own village."""
        if matter.nobody or matter.village is None:
            return None
        keys = [("id_index", _index(matter.id_number, "id"))]
        keys += [("phone_index", _index(phone, "phone")) for phone in matter.phones]
        said = matter.values["complainant"], matter.village.pk
        homes = {
            home
            for key in keys
            for name, home, village in self.found.get(key, ())
            if (name, village) == said
        }
        return homes.pop() if len(homes) == 1 else None


def _index(text, purpose):
    return personal.blind_index(text, purpose) if text else ""


def ledger_stamp(township):
    """A text that differs once any matter of the township was added, changed or taken away."""
    rows = Grievance.every.filter(township=township)
    return repr(sorted(rows.aggregate(Count("pk"), Max("pk"), Sum("version")).items()))


def _chunks(values):
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
