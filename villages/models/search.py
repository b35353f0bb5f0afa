"""What 全局查找 reads: every piece of a name by which somebody may be looked for."""

from django.db import models

# The id of a token says whose it is: the row's id, a bit for a household, then the token's serial.
PER_ROW = 128
PER_OBJECT = 2 * PER_ROW


class TokenField(models.CharField):
    """Text in the order of its code points, on every database alike: a beginning is a range of the index."""

    def db_parameters(self, connection):
        """PostgreSQL's own order is a language's, where no range holds all that begins with "zhang"."""
        collation = "C" if connection.vendor == "postgresql" else None
        return super().db_parameters(connection) | {"collation": collation}


class SearchToken(models.Model):
    """A piece of a name, sound or number, and the row it leads to (docs/decisions/0016).

    Found by its beginning within a township, so that an index answers, however many people there are.
    The last four digits of an ID or phone number stand here only as a keyed hash.
    """

    class Kind(models.IntegerChoices):
        """Where the token leads and how well it fits: a name's beginning is shown before its middle."""

        RESIDENT = 1
        RESIDENT_INNER = 2
        FORMER_RESIDENT = 3  # moved away, died, entered twice
        HOUSEHOLD = 4
        HOUSEHOLD_INNER = 5
        FORMER_HOUSEHOLD = 6  # cancelled, or joined to another

    id = models.BigAutoField(primary_key=True)  # given by villages.search, never by the database
    township_id = models.BigIntegerField()
    village_id = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField(choices=Kind)
    token = TokenField(max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "查找词"
        indexes = [
            # All a look-up reads, so that it never leaves the index.
            models.Index(
                fields=["township_id", "kind", "token", "village_id", "id"],
                name="token_in_a_township",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.object_id}"

    @property
    def object_id(self) -> int:
        """The id of the resident or household it leads to."""
        return self.id // PER_OBJECT
