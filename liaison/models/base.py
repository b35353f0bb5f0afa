"""Tables the whole house shares: audit trail, submissions, number series."""

from django.db import models

from liaison.personal import EncryptedTextField


class Versioned(models.Model):
    """A row whose edit forms carry the version they were shown (see versions.py)."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        abstract = True


class AuditChain(models.Model):
    """Length and last hash of one actor's chain; tells when lines were cut off its end."""

    key = models.CharField(max_length=40, unique=True)
    length = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return f"{self.key}: {self.length}"


class AuditEntry(models.Model):
    """One line of the trail. Append-only: no foreign keys, so no deletion elsewhere can touch it."""

    chain = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField("操作人", max_length=50)
    actor_post = models.CharField("岗位", max_length=100, blank=True)
    action = models.CharField("操作", max_length=50)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    before = models.JSONField("变更前", default=dict)
    after = models.JSONField("变更后", default=dict)
    township_id = models.BigIntegerField(null=True)
    result = models.CharField("结果", max_length=50, default="成功")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "审计记录"
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "position"], name="audit_one_line_per_position"
            )
        ]
        indexes = [
            # The auditor's page: newest first, within his township.
            models.Index(fields=["township_id", "-id"], name="audit_by_township"),
            # "What happened to this row", from a row's own page.
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
        ]

    def __str__(self):
        return f"{self.action} {self.object_label}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("the audit trail is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("the audit trail is append-only")


class Submission(models.Model):
    """One filled form, by the identifier its page carried (see idempotency.py)."""

    uuid = models.UUIDField(unique=True)
    user_id = models.BigIntegerField()
    purpose = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    content = EncryptedTextField(blank=True)  # shown beside a second, different content
    result = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.purpose} {self.uuid}"


class NumberSeries(models.Model):
    """The last number given out of one series, e.g. ledger numbers of a township and year."""

    key = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.key}: {self.last}"

    @classmethod
    def next(cls, key: str) -> int:
        """The next number: no gaps and no doubles, because it is given in the caller's transaction."""
        cls.objects.get_or_create(key=key)
        series = cls.objects.select_for_update().get(key=key)
        series.last += 1
        series.save(update_fields=["last"])
        return series.last
