"""What apps to the right need to know of a person on every page, asked within the statement that reads his posts.

A mark says only that the full question is worth asking, so that nobody else's page costs a query more.
"""

# {name: a condition on a row of ``holding``}, in the order the apps start in
CONDITIONS: dict[str, str] = {}


def mark(name: str, condition: str) -> None:
    """Register a mark.

    Args:
        condition: SQL that both databases know, part of cadres/held.py's statement: it may name ``holding`` and
            the values ``%(user)s`` (the person's id) and ``%(today)s``.
    """
    CONDITIONS[name] = condition
