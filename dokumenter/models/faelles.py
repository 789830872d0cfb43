"""Rows that stand as they were written: kept by the model, so that no fault elsewhere can change them."""

from django.db import models

from helhedsplan.models.haendelse import UforanderligFejl


class Fastudvalg(models.QuerySet):
    """A queryset that writes only the columns its model lets change (`SKIFTENDE`), and deletes nothing."""

    def update(self, **felter):
        self.model.tjek_skiftende(felter)
        return super().update(**felter)

    def _afvis(self, *args, **kwargs):
        raise UforanderligFejl(f"{self.model._meta.verbose_name_plural.capitalize()} står, som de er skrevet.")

    delete = bulk_update = _afvis


class Fast(models.Model):
    """A row whose columns are written once. A subclass names the few that change afterwards in `SKIFTENDE`."""

    SKIFTENDE: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if not self._state.adding:
            alle = {felt.name for felt in self._meta.concrete_fields if not felt.primary_key}
            self.tjek_skiftende(alle if update_fields is None else update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

    def delete(self, *args, **kwargs):
        raise UforanderligFejl(f"{self._meta.verbose_name.capitalize()} kan ikke slettes.")

    @classmethod
    def tjek_skiftende(cls, felter) -> None:
        if faste := sorted(set(felter) - cls.SKIFTENDE):
            raise UforanderligFejl(f"{cls._meta.verbose_name.capitalize()}: {', '.join(faste)} kan ikke rettes.")
