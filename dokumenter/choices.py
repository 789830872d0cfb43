"""Choices of the editions. Values are stored; labels are shown."""

from django.db.models import TextChoices

from aftaler.choices import Dokumentart

#: The plan's own parameter (1 yes, 0 no).
TO_PAR_OEJNE = "to_par_oejne"
#: Papers that somebody else's program makes, kept as attachments: Landsbyggefonden's own form, and what a rule set
#: asks for beside the kinds that are written here.
SOM_FIL = (Dokumentart.INDBERETNINGSSKEMA, Dokumentart.FIL)
#: What can be frozen.
FRYSES = [art for art in Dokumentart if art not in SOM_FIL]
#: Papers of which a plan has several; `Udgave.emne` says which one: an indsatsområde, or the key of a budget
#: or of a layer.
MED_EMNE = [Dokumentart.DELAFTALE, Dokumentart.BUDGET, Dokumentart.LAG]


#: Papers that can be had in a Word template of somebody else's.
MED_WORDSKABELON = [Dokumentart.SAMARBEJDSAFTALE, Dokumentart.DELAFTALE]


class Oprindelse(TextChoices):
    """Where the bytes of a shared draft are from; what a person tells of them is never the program's own word."""

    HER = "her", "Tegnet her"
    MAERKET = "maerket", "Lagt ind, med programmets egne mærker"
    UDEFRA = "udefra", "Lagt ind udefra"
    UKENDT = "ukendt", "Ikke skrevet ned"  # of rows from before it was asked for


class Resultat(TextChoices):
    """What a body decided about an edition."""

    GODKENDT = "godkendt", "Godkendt"
    AFVIST = "afvist", "Afvist"
    EFTERRETNING = "efterretning", "Taget til efterretning"


class Underskriftsmetode(TextChoices):
    """How a party signed; empty until it has."""

    INGEN = "", "Ikke underskrevet"
    PROGRAM = "program", "I programmet"
    EKSTERN = "ekstern", "Hos en ekstern tjeneste"
    BLAEK = "blaek", "Med blæk"


class Filart(TextChoices):
    """What a revision of an edition's file is."""

    UDSTEDT = "udstedt", "Udstedt"
    UNDERSKREVET = "underskrevet", "Underskrevet"
    STEMPLET = "stemplet", "Stemplet og underskrevet hos en ekstern tjeneste"
    TIDSSTEMPLET = "tidsstemplet", "Underskrevet, med fornyet tidsstempel"
    SCANNET = "scannet", "Scannet efter underskrift med blæk"


class Tilstand(TextChoices):
    """Where an edition stands; derived from what is recorded (`dokumenter.rules.tilstand`), never stored."""

    TIL_GODKENDELSE = "til_godkendelse", "Til godkendelse"
    AFVIST = "afvist", "Afvist"
    GODKENDT = "godkendt", "Godkendt"
    UNDERSKRIVES = "underskrives", "Underskrives"
    UNDERSKREVET = "underskrevet", "Underskrevet"
    KOMMENDE = "kommende", "Gælder fra senere"
    GAELDENDE = "gaeldende", "Gældende"
    ERSTATTET = "erstattet", "Erstattet"
    UDLOEBET = "udloebet", "Udløbet"
    TRUKKET = "trukket", "Trukket tilbage"


class Kladdestand(TextChoices):
    """How a document's draft stands to one of its editions; derived (`dokumenter.kladdestand`), never stored."""

    ENS = "ens", "Kladden er den samme"
    AENDRET = "aendret", "Kladden er ændret siden"
    VAEK = "vaek", "Kladden findes ikke mere"
    UVIS = "uvis", "Kladden kan ikke sammenlignes"


class Pakketrin(TextChoices):
    """How far a document is towards the package to Landsbyggefonden."""

    MANGLER = "mangler", "Mangler"
    KLADDE = "kladde", "Kladde"
    FROSSET = "frosset", "Frosset, ikke godkendt"
    UPLOADET = "uploadet", "Uploadet"
    GODKENDT = "godkendt", "Godkendt"
    UNDERSKREVET = "underskrevet", "Underskrevet"
