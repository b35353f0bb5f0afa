"""What an import did, row by row, so that it can be taken back within 30 days."""

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from liaison.models import ImportTrace

CHUNK = 500
SHOWN = 100  # of what stands in the way


class Trace:
    """Collects what ``Staged.write`` does; stored with the batch in the same transaction."""

    def __init__(self, batch_id=None):
        self.batch_id = batch_id  # for rows that say which import brought them
        self._rows = []  # (model label, [pk, version, before or None]) in the order of writing

    def created(self, rows) -> None:
        """Rows that this import made. Those others may point at carry a version."""
        for row in rows:
            self._add(row, None)

    def created_keys(self, model, pks, version=1) -> None:
        """Rows this import made of which only the keys are known; ``version`` is None where they carry none."""
        label = model._meta.label_lower
        self._rows.extend((label, [pk, version, None]) for pk in pks)

    def changed(self, row, before: dict) -> None:
        """A row that this import changed.

        Args:
            before: attribute name -> value as it was; told after the row's version was raised.
        """
        self._add(row, before)

    def _add(self, row, before):
        self._rows.append((row._meta.label_lower, [row.pk, getattr(row, "version", None), before]))

    def store(self, batch) -> None:
        """Keep it, in pieces of one table each; the order stays."""
        ImportTrace.objects.bulk_create(
            (
                ImportTrace(
                    batch=batch,
                    position=position,
                    model=label,
                    rows=json.dumps(rows, ensure_ascii=False, cls=DjangoJSONEncoder),
                )
                for position, (label, rows) in enumerate(self._pieces())
            ),
            batch_size=20,
        )

    def _pieces(self):
        label, rows = "", []
        for each, row in self._rows:
            if rows and (each != label or len(rows) == CHUNK):
                yield label, rows
                rows = []
            label = each
            rows.append(row)
        if rows:
            yield label, rows


class NoTrace(Trace):
    """For those who keep none: a command line import is taken back from the backup."""

    def _add(self, row, before):
        pass

    def created_keys(self, model, pks, version=1):
        """Nothing of it is kept."""


@dataclass(frozen=True)
class Obstacle:
    """A row that stands in the way of taking an import back."""

    label: str
    why: str


class InTheWay(Exception):
    """Later edits stand in the way; ``obstacles`` lists them."""

    def __init__(self, obstacles):
        super().__init__("later edits stand in the way")
        self.obstacles = obstacles


@dataclass
class TakenBack:
    """What was undone: {model label: [pk]} removed and put back."""

    removed: dict
    restored: dict
    on: dt.date | None = None
    township_id: int | None = None


def take_back(batch, kind, on=None) -> TakenBack:
    """Undo everything an import did, last first; all or nothing. ``on`` is today.

    Raises:
        InTheWay: rows were changed, removed or used since; nothing is undone.
    """
    done = TakenBack({}, {}, on, batch.township_id)
    with transaction.atomic():
        for piece in batch.traces.order_by("-position").iterator(chunk_size=10):
            _undo(piece, kind, done)
    return done


def _undo(piece, kind, done):
    model = apps.get_model(piece.model)
    said = json.loads(piece.rows)
    _refuse_edited(model, {pk: version for pk, version, _ in said if version is not None})
    changed = {pk: before for pk, _, before in said if before is not None}
    rows = model._base_manager.in_bulk(list(changed))
    for pk in reversed([pk for pk in changed if pk in rows]):
        kind.restore(rows[pk], changed[pk])
        done.restored.setdefault(piece.model, []).append(pk)
    made = [pk for pk, _, before in said if before is None]
    kind.release(model, made)
    _remove(model, made)
    done.removed.setdefault(piece.model, []).extend(made)


def _refuse_edited(model, versions):
    """Raise InTheWay where a row is gone or of another version; only those are read whole."""
    if not versions:
        return
    # Without its own order: that may lead through a table a row has nothing in, which cannot be locked.
    rows = model._base_manager.select_for_update().order_by("pk").filter(pk__in=versions)
    now = dict(rows.values_list("pk", "version"))
    edited = [pk for pk, version in versions.items() if pk in now and now[pk] != version]
    obstacles = [Obstacle("一条记录", "之后已被移走") for pk in versions if pk not in now]
    named = model._base_manager.in_bulk(edited[:SHOWN]).values()
    obstacles += [Obstacle(str(row), "导入之后又有修改") for row in named]
    if obstacles:
        raise InTheWay(obstacles[:SHOWN])


def _remove(model, pks):
    try:
        # Keys alone: nobody needs the rest of a row that goes, least of all deciphered.
        model._base_manager.filter(pk__in=pks).only("pk").delete()
    except (ProtectedError, RestrictedError) as used:
        rows = getattr(used, "protected_objects", None) or used.restricted_objects
        kinds = Counter(str(row._meta.verbose_name) for row in rows)
        raise InTheWay(
            [Obstacle(name, f"导入之后登记了 {count} 条") for name, count in kinds.items()]
        ) from used
