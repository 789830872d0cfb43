"""Which entries of the log are to be seen."""

from helhedsplan.formularer import Datofelt, Formular, Linjefelt


class HistorikvalgForm(Formular):
    """By GET: parts of names, and days, both ends with."""

    person = Linjefelt(label="Person", required=False)
    ting = Linjefelt(label="Hvad det handler om", required=False)
    fra = Datofelt(label="Fra og med", required=False)
    til = Datofelt(label="Til og med", required=False)

    def clean(self):
        rent = super().clean() or self.cleaned_data
        fra, til = rent.get("fra"), rent.get("til")
        if fra and til and til < fra:
            self.add_error("til", "Skriv en dag, der ikke ligger før den første.")
        return rent
