"""Long work as rows: the database is the queue of record, a worker only looks for waiting rows."""

from django.db import models

from liaison.querysets import JobQuerySet


class Job(models.Model):
    """后台任务: one piece of long work, how far it is and how it ended."""

    class State(models.TextChoices):
        """Where the work stands."""

        WAITING = "waiting", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField(max_length=40)  # a key of liaison.jobs.HANDLERS
    subject_id = models.BigIntegerField()  # the row the kind works on
    title = models.CharField("任务", max_length=200)
    township_id = models.BigIntegerField(null=True)
    requested_by_id = models.BigIntegerField()
    requested_by_name = models.CharField("发起人", max_length=50)
    requested_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)  # the worker's last sign of life
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=50, blank=True)
    done_rows = models.PositiveIntegerField(default=0)
    total_rows = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    outcome = models.CharField("结果", max_length=300, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        indexes = [
            # What a worker looks for every two seconds.
            models.Index(
                fields=["id"],
                name="job_unfinished",
                condition=models.Q(state__in=("waiting", "running")),
            ),
            models.Index(fields=["requested_by_id", "-id"], name="job_of_a_person"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Waiting or running."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def left_rows(self) -> int:
        """Rows still to do of the present phase."""
        return max(self.total_rows - self.done_rows, 0)

    @property
    def percent(self) -> int:
        """How much of the present phase is done, 0 to 100."""
        return min(100, self.done_rows * 100 // self.total_rows) if self.total_rows else 0
