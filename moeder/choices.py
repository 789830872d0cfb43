"""Choices of the board's room. Values are stored, also in snapshots that are read for ever; labels are shown."""

from django.db.models import TextChoices


class Moedeart(TextChoices):
    """Which body meets. The board decides; the others are told and advise."""

    BESTYRELSE = "bestyrelse", "Bestyrelsesmøde"
    FOELGEGRUPPE = "foelgegruppe", "Åben følgegruppe"
    ARBEJDSGRUPPE = "arbejdsgruppe", "Arbejdsgruppe"


class Moedetilstand(TextChoices):
    """How far a meeting is. The agenda is frozen when it is sent, the minutes when they are sent for approval."""

    PLANLAGT = "planlagt", "Planlagt"
    INDKALDT = "indkaldt", "Indkaldt"
    HOLDT = "holdt", "Holdt"
    AFLYST = "aflyst", "Aflyst"


class Punktslags(TextChoices):
    """B and O, as agendas have them."""

    BESLUTNING = "B", "Beslutning"
    ORIENTERING = "O", "Orientering"


class Moedepapirart(TextChoices):
    DAGSORDEN = "dagsorden", "Dagsorden"
    REFERAT = "referat", "Referat"


class Afstemningsregel(TextChoices):
    """Whose votes count, as the plan's kommissorium says. Consensus is sought first under each of them."""

    SAMLET = "samlet", "Hver side har én samlet stemme"
    PR_MEDLEM = "pr_medlem", "Hvert medlem har en stemme"
    FORMAEND = "formaend", "Kun sidernes formænd stemmer"


class Stemmevalg(TextChoices):
    FOR = "for", "For"
    IMOD = "imod", "Imod"
    HVERKEN = "hverken", "Hverken for eller imod"


class Fremmoedeart(TextChoices):
    TIL_STEDE = "til_stede", "Til stede"
    AFBUD = "afbud", "Afbud"
    UDEBLEVET = "udeblevet", "Udeblevet"


class Punktresultat(TextChoices):
    """What a meeting concluded on an item."""

    GODKENDT = "godkendt", "Godkendt"
    AFVIST = "afvist", "Afvist"
    EFTERRETNING = "efterretning", "Taget til efterretning"
    UDSAT = "udsat", "Udsat"


class Maaludfald(TextChoices):
    """What an item of a meeting did with one of the fixed goals. Only the first is a follow-up."""

    FULGT_OP = "fulgt_op", "Fulgt op"
    UDSAT = "udsat", "Udsat til et senere møde"
    NAEVNT = "naevnt", "Nævnt, men ikke fulgt op"


class Aendringsart(TextChoices):
    """What an entry of the change register tells of."""

    UDGAVE = "udgave", "Ny udgave"
    AFGOERELSE = "afgoerelse", "Afgørelse"
    UNDERSKRIFT = "underskrift", "Underskrevet"
    IKRAFT = "ikraft", "Gælder fra"
    TRUKKET = "trukket", "Trukket tilbage"
    BUDGET = "budget", "Budget"
    PAKKE = "pakke", "Pakke"
    STATUS = "status", "Kvartalsstatus"
    MOEDE = "moede", "Mødepapir"


class Organ(TextChoices):
    """Who has decided. The first three are the bodies that meet (`Moedeart`)."""

    BESTYRELSE = "bestyrelse", "Bestyrelsen"
    FOELGEGRUPPE = "foelgegruppe", "Den åbne følgegruppe"
    ARBEJDSGRUPPE = "arbejdsgruppe", "Arbejds- eller følgegruppe"
    LBF = "lbf", "Landsbyggefonden"
