from django.db import models
from django.db.models import Q

from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg
from helhedsplan.felter import Linje, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, i_vores_tid
from helhedsplan.models import Versioneret


class Frist(Versioneret):
    """A day in a plan's calendar that a person has set. What follows from the plan itself is worked out instead.

    Where the program cannot see that such a line is done, a person says so: `afledt` then names the line.
    """

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="frister", verbose_name="helhedsplan")
    dato = Tidsdato("dato", null=True, blank=True, validators=[i_vores_tid])
    dato_sagt = Sagt("dato, som oplyst")
    titel = Linje("hvad der skal ske")
    note = Tekst("note", blank=True, max_length=1000)
    udfoert = models.DateField("udført", null=True, blank=True, validators=[i_vores_tid])
    afledt = models.CharField("linje i kalenderen", max_length=80, blank=True, editable=False)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "frist"
        verbose_name_plural = "frister"
        ordering = ["plan_id", "dato", "dato_sagt", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "dato", "titel"],
                name="frist_en_gang",
                violation_error_message="Fristen står allerede i kalenderen den dag.",
            ),
            models.UniqueConstraint(
                fields=["plan", "dato_sagt", "titel"],
                condition=~Q(dato_sagt=""),
                name="frist_en_gang_med_ord",
                violation_error_message="Fristen står allerede i kalenderen.",
            ),
            enten_dag_eller_ord("frist", "dato"),
            models.CheckConstraint(
                condition=Q(dato__isnull=False) | ~Q(dato_sagt=""),
                name="frist_har_dato",
                violation_error_message="Skriv, hvornår det skal ske, eller ikke oplyst.",
                violation_error_code="dato",
            ),
            models.UniqueConstraint(
                fields=["plan", "afledt"],
                condition=~Q(afledt=""),
                name="frist_en_pr_linje",
                violation_error_message="Linjen i kalenderen er allerede meldt udført.",
            ),
        ]

    def __str__(self):
        return self.titel
