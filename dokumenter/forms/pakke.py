"""What is noted when a package has been uploaded."""

from crispy_forms.layout import Layout

from helhedsplan.formularer import Datofelt, Formular, Linjefelt


class UploadetForm(Formular):
    dato = Datofelt(label="Uploadet på sagen den")
    af = Linjefelt(
        label="Uploadet af", max_length=200, help_text="Den, der uploadede pakken i Landsbyggefondens portal."
    )

    def layout(self):
        return Layout("dato", "af")
