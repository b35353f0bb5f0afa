"""By what these rows are found, written anew in the transaction of the change: the one place verbs do it."""

from villages.search import refresh_households, refresh_residents


def refresh(*, households=(), residents=()):
    """Store anew the words of rows as they are now; each once, in the order of their ids."""
    for rows, store in ((households, refresh_households), (residents, refresh_residents)):
        once = {row.pk: row for row in rows}
        store([once[pk] for pk in sorted(once)])
