"""Programmes come and go: every list, order and figure belongs to one, and next year's runs beside this one."""

from django.db import models
from django.db.models import F, Q


class Programme(models.Model):
    """行动, with the two axes under which its work is told: strands and task lines.

    `moved_weeks`: a demo tells a story of the past as if it ran now; by so many weeks all its dates lie later.
    """

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=30)
    prefecture_code = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    strands = models.JSONField(default=list)
    is_demo = models.BooleanField(default=False)
    moved_weeks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-starts_on", "key")
        constraints = [
            models.CheckConstraint(
                name="programme_dates_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """A stretch of a programme, by which lists and figures are told."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)
        constraints = [
            models.UniqueConstraint(name="phase_once_per_programme", fields=["programme", "name"]),
            models.CheckConstraint(name="phase_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.name


class TaskLine(models.Model):
    """重点任务: the second axis beside the strands."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="task_lines")
    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(name="task_line_once_per_programme", fields=["programme", "name"])]

    def __str__(self) -> str:
        return self.name
