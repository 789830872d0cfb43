"""Choices of the agreements. Values are stored and written in plan files; labels are shown."""

from django.db.models import IntegerChoices, TextChoices


class Organisationsart(TextChoices):
    BOLIGORGANISATION = "boligorganisation", "Boligorganisation"
    KOMMUNE = "kommune", "Kommune"
    ANDEN = "anden", "Anden part"
    UKENDT = "ukendt", "Ikke oplyst"


class Fase(TextChoices):
    IDE = "ide", "Idé"
    PRAEKVALIFIKATION = "praekvalifikation", "Prækvalifikation"
    ANSOEGNING = "ansoegning", "Ansøgning"
    BEVILGET = "bevilget", "Bevilget"
    I_GANG = "i_gang", "I gang"
    AFSLUTTET = "afsluttet", "Afsluttet"


class Oplysning(TextChoices):
    """What a plan's sources may be silent about: that it is not told is an answer, and nobody is asked for it again."""

    PARTER = "parter", "Hvem der er parter"
    INDSATSOMRAADER = "indsatsomraader", "Hvilke indsatsområder planen har"
    DELAFTALER = "delaftaler", "Delaftalerne"
    DELMAAL = "delmaal", "Delmålene"
    AKTIVITETER = "aktiviteter", "Aktiviteterne"
    ANSVARLIGE = "ansvarlige", "Hvem der er ansvarlig for aktiviteterne"
    MAALGRUPPER = "maalgrupper", "Hvem aktiviteterne er for"
    TEKSTER = "tekster", "Aftalernes tekst"
    PULJE = "pulje", "Hvilken pulje planen er under"


class Lagslags(TextChoices):
    """What is agreed on top of a plan while it runs."""

    FORLAENGELSE = "forlaengelse", "Forlængelse"
    TILLAEG = "tillaeg", "Tillæg"
    OPHOER = "ophoer", "Slutter før tid"
    SAMMENLAEGNING = "sammenlaegning", "Lagt sammen med en anden plan"
    DELING = "deling", "Delt i flere planer"

    @property
    def flytter_slut(self) -> bool:
        return self is not Lagslags.TILLAEG

    @property
    def gaar_over(self) -> bool:
        """Whether other plans go on from where this one ends."""
        return self in {Lagslags.SAMMENLAEGNING, Lagslags.DELING}


class Sideplansslags(TextChoices):
    """What kind of plan there is beside, for the same homes and with money of its own."""

    FYSISK = "fysisk", "Fysisk helhedsplan"
    UDVIKLINGSPLAN = "udviklingsplan", "Udviklingsplan"
    ANDEN = "anden", "Anden plan"


class Udfald(TextChoices):
    """What a body said when the plan was before it."""

    VENTER = "", "Ikke behandlet endnu"
    GODKENDT = "godkendt", "Godkendt"
    MED_VILKAAR = "med_vilkaar", "Godkendt på vilkår"
    IKKE_GODKENDT = "ikke_godkendt", "Ikke godkendt"
    UDSAT = "udsat", "Udsat"
    ORIENTERET = "orienteret", "Taget til orientering"
    UKENDT = "ukendt", "Udfaldet er ikke oplyst"

    @property
    def er_ja(self) -> bool:
        return self in {Udfald.GODKENDT, Udfald.MED_VILKAAR}


class Faellesslags(TextChoices):
    """What two plans may have together."""

    BELOEB = "beloeb", "Beløb"
    SEKRETARIAT = "sekretariat", "Sekretariat"
    ANDET = "andet", "Andet"


class Hjemsted(TextChoices):
    """Which of the plans that have something together it belongs to."""

    HER = "her", "Denne plan"
    DER = "der", "Den anden plan"


class Dokumenttype(TextChoices):
    SAMARBEJDSAFTALE = "samarbejdsaftale", "Strategisk samarbejdsaftale"
    DELAFTALE = "delaftale", "Delaftale"
    KOMMISSORIUM = "kommissorium", "Kommissorium for bestyrelsen"


class Dokumentart(TextChoices):
    """The papers of a plan, as the package to Landsbyggefonden counts them."""

    SAMARBEJDSAFTALE = "samarbejdsaftale", "Strategisk samarbejdsaftale"
    DELAFTALE = "delaftale", "Delaftale"
    BUDGET = "budget", "Budget"
    MILEPAELSPLAN = "milepaelsplan", "Milepælsplan"
    BEREDSKABSPLAN = "beredskabsplan", "Beredskabsplan"
    KOMMISSORIUM = "kommissorium", "Kommissorium for bestyrelsen"
    ORGANISATIONSDIAGRAM = "organisationsdiagram", "Organisationsdiagram"
    INDBERETNINGSSKEMA = "indberetningsskema", "Indberetningsskema"
    LAG = "lag", "Forlængelse eller tillæg"
    FIL = "fil", "Andet papir, lægges ind som fil"


class Regelsaetstand(TextChoices):
    KLADDE = "kladde", "Kladde"
    UDGIVET = "udgivet", "Udgivet"


class Godkendelsesniveau(IntegerChoices):
    """Who must approve, from below: the number is the order, and what is higher needs more."""

    ARBEJDSGRUPPE = 1, "Arbejds- eller følgegruppen"
    BESTYRELSE = 2, "Bestyrelsen"
    LBF = 3, "Bestyrelsen og Landsbyggefonden"

    @property
    def organ(self) -> str:
        """Whose own decision it is: Landsbyggefonden decides after the board, apart from it."""
        return "Landsbyggefonden" if self is Godkendelsesniveau.LBF else str(self.label)


class Beroering(TextChoices):
    """What a change of a paper touches; the rule set says who must approve each."""

    AKTIVITET = "aktivitet", "Tekst om en aktivitet"
    DELAFTALE = "delaftale", "Delaftalens øvrige tekst"
    OEKONOMI = "oekonomi", "Økonomi"
    KARAKTER = "karakter", "Indsatsens karakter"
    PARTER = "parter", "Parter"
    SAMARBEJDSAFTALE = "samarbejdsaftale", "Den strategiske samarbejdsaftale"
    MILEPAELSPLAN = "milepaelsplan", "Milepælsplan"
    BEREDSKABSPLAN = "beredskabsplan", "Beredskabsplan"
    KOMMISSORIUM = "kommissorium", "Kommissorium"
    ORGANISATIONSDIAGRAM = "organisationsdiagram", "Organisationsdiagram"
    STOERRE = "stoerre", "Større ændringer"


class Stoerrelse(TextChoices):
    """What the size of an area is counted in."""

    BOLIGER = "boliger", "Boliger"
    BEBOERE = "beboere", "Beboere"
    AFDELINGER = "afdelinger", "Afdelinger"


class Milepaelsstatus(TextChoices):
    IKKE_BEGYNDT = "ikke_begyndt", "Ikke begyndt"
    I_GANG = "i_gang", "I gang"
    NAAET = "naaet", "Nået"
    UDSKUDT = "udskudt", "Udskudt"
    OPGIVET = "opgivet", "Opgivet"


class Grad(IntegerChoices):
    """How likely or how grave, from below."""

    LAV = 1, "Lav"
    MIDDEL = 2, "Middel"
    HOEJ = 3, "Høj"


class Bilagsart(TextChoices):
    INDBERETNINGSSKEMA = "indberetningsskema", "Indberetningsskema"
    AFTALE = "aftale", "Aftale eller tilsagn"
    KORT = "kort", "Kort eller tegning"
    ANDET = "andet", "Andet bilag"


class Afsnitsart(TextChoices):
    """What a section of a document template holds: prose that people write, or content made from the plan's data."""

    PROSA = "prosa", "Tekst"
    AFTALEDOKUMENTER = "aftaledokumenter", "Aftaledokumenter"
    KOBLINGSTABELLER = "koblingstabeller", "Tekst og koblingstabeller"
    ORGANISERING = "organisering", "Tekst og organisationsdiagram"
    MAAL_OG_INDIKATORER = "maal_og_indikatorer", "Overordnede mål og indikatorer"
    PROBLEMKOMPLEKSER = "problemkomplekser", "Problemkomplekser fra delaftalerne"
    DELMAAL = "delmaal", "Delmål"
    AKTIVITETER = "aktiviteter", "Aktiviteter"
    SAMARBEJDSPARTER = "samarbejdsparter", "Samarbejdsparter"
    BESTYRELSE = "bestyrelse", "Bestyrelsens medlemmer"

    @property
    def har_prosa(self) -> bool:
        """Sections that also carry text of their own."""
        return self in {
            Afsnitsart.PROSA,
            Afsnitsart.KOBLINGSTABELLER,
            Afsnitsart.ORGANISERING,
            Afsnitsart.MAAL_OG_INDIKATORER,
        }

    @property
    def dokument(self) -> "Dokumenttype | None":
        """The one document that can hold it, once; None for plain text, which goes anywhere and any number of times."""
        if self is Afsnitsart.PROSA:
            return None
        if self in {Afsnitsart.DELMAAL, Afsnitsart.AKTIVITETER, Afsnitsart.SAMARBEJDSPARTER}:
            return Dokumenttype("delaftale")
        return Dokumenttype("kommissorium" if self is Afsnitsart.BESTYRELSE else "samarbejdsaftale")


class Delmaalskilde(TextChoices):
    LBF = "lbf", "Landsbyggefondens liste"
    LOKAL = "lokal", "Lokalt delmål"


class Maaltype(TextChoices):
    """How a delmål says what it wants."""

    INGEN = "", "Ikke fastsat"
    RETNING = "retning", "Retning"
    TAL = "tal", "Et bestemt tal"
    GRAENSE = "graense", "Over eller under et tal"
    AARLIGT_LOFT = "aarligt_loft", "Årligt loft"


class Delmaalstype(TextChoices):
    """The forms of a target that a delmål may have besides."""

    INGEN = Maaltype.INGEN.value, Maaltype.INGEN.label
    RETNING = Maaltype.RETNING.value, Maaltype.RETNING.label
    TAL = Maaltype.TAL.value, Maaltype.TAL.label
    GRAENSE = Maaltype.GRAENSE.value, Maaltype.GRAENSE.label
    MELLEM = "mellem", "Mellem to tal"
    AENDRING = "aendring", "Stiger eller falder med så mange procent"
    AARLIGT_LOFT = Maaltype.AARLIGT_LOFT.value, Maaltype.AARLIGT_LOFT.label


class Retning(TextChoices):
    STIGER = "stiger", "Stiger"
    FALDER = "falder", "Falder"


class Sammenligning(TextChoices):
    UNDER = "<", "under"
    HOEJST = "<=", "højst"
    MINDST = ">=", "mindst"
    OVER = ">", "over"


class Aktivitetsstatus(TextChoices):
    INGEN = "", "Ikke angivet"
    FORTSAETTELSE = "fortsaettelse", "Fortsættelse"
    REVIDERET = "revideret", "Revideret"
    NY = "ny", "Ny"
    UNDER_AFKLARING = "under_afklaring", "Under afklaring"


class Navneslags(TextChoices):
    """A name that something had once, or one that it has besides its own."""

    TIDLIGERE = "tidligere", "Hed før"
    OGSAA = "ogsaa", "Kaldes også"


class Gruppeart(TextChoices):
    BESTYRELSE = "bestyrelse", "Bestyrelse"
    FOELGEGRUPPE = "foelgegruppe", "Følgegruppe"
    SEKRETARIAT = "sekretariat", "Sekretariat"
    ARBEJDSGRUPPE = "arbejdsgruppe", "Arbejdsgruppe"
    ANDEN = "anden", "Anden slags"


class Enhed(TextChoices):
    """What an indicator is measured in."""

    PROCENT = "procent", "Procent"
    ANTAL = "antal", "Antal"
    KARAKTER = "karakter", "Karakter"
    INDEKS = "indeks", "Indeks"
    KRONER = "kroner", "Kroner"


class Udviklingsretning(TextChoices):
    """Which way is better."""

    OP = "op", "Op er bedre"
    NED = "ned", "Ned er bedre"
    INGEN = "", "Ingen af delene"


class Meddelelsesgruppe(TextChoices):
    """What a person is told of by e-mail; each has a choice of when on the person (`Bruger.mail_...`)."""

    MOEDER = "moeder", "møder, afstemninger og referater"
    SPOERGSMAAL = "spoergsmaal", "spørgsmål og svar"
    PAPIRER = "papirer", "papirer og underskrifter"
    ADGANG = "adgang", "adgang til planer"
