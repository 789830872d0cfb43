"""What the audit log's entries are called when a colleague tells of them: who did what with which thing."""

#: Parts of what is logged as it was counted or shown -> what people call them: '' for what says itself, None for a code
#: that another part says in words. The rest are called by their own names.
DELE: dict[str, str | None] = {
    "aar": "år", "baaret": "båret af stemmerne", "enighed": "enighed i stemmerne", "fravaerende": "fraværende",
    "har_stemme": None, "hvornaar": "hvornår", "i_ord": "", "navn": "", "nummer": "nr.", "regel": None,
    "regel_i_ord": "regel", "sider": "", "stemme": None, "stemt": "der er stemt", "valg": None,
}  # fmt: skip
#: Kind of thing -> what it is called, as one already spoken of.
TING = {
    "aftaler.afdeling": "afdelingen", "aftaler.afsnit": "afsnittet", "aftaler.aktivitet": "aktiviteten",
    "aftaler.bilag": "bilaget", "aftaler.billede": "billedet", "aftaler.delaftale": "delaftalen",
    "aftaler.delmaal": "delmålet", "aftaler.gruppe": "gruppen", "aftaler.helhedsplan": "planen",
    "aftaler.koblingstabel": "koblingstabellen", "aftaler.lag": "forlængelsen eller tillægget",
    "aftaler.meddelelse": "meddelelsen", "aftaler.medlemskab": "adgangen",
    "aftaler.omraade": "området", "aftaler.omtaltpapir": "papiret",
    "aftaler.organisation": "organisationen", "aftaler.part": "parten",
    "aftaler.planparameter": "planens grænse", "aftaler.regelsaet": "regelsættet",
    "aftaler.samarbejdspart": "samarbejdsparten",
    "bestyrelse.afgoerelse": "beslutningen", "bestyrelse.bestyrelsesmedlem": "medlemmet af bestyrelsen",
    "bestyrelse.bestyrelsesside": "siden i bestyrelsen", "bestyrelse.bevisudgave": "udgaven af opfølgningsbeviset",
    "bestyrelse.dagsordenspunkt": "punktet", "bestyrelse.forretningsorden": "forretningsordenen",
    "bestyrelse.fremmoede": "fremmødet", "bestyrelse.frist": "fristen", "bestyrelse.inhabilitet": "inhabiliteten",
    "bestyrelse.kalenderabonnement": "kalenderabonnementet", "bestyrelse.kvartalsstatus": "kvartalsstatussen",
    "bestyrelse.laeselink": "læselinket", "bestyrelse.laest": "læsningen", "bestyrelse.moede": "mødet",
    "bestyrelse.moedepapir": "mødepapiret", "bestyrelse.paamindelse": "påmindelsen",
    "bestyrelse.referatgodkendelse": "svaret om referatet", "bestyrelse.spoergsmaal": "spørgsmålet",
    "bestyrelse.statuslinje": "linjen i kvartalsstatussen", "bestyrelse.stemme": "stemmen",
    "bestyrelse.svarlink": "svarlinket", "bestyrelse.uploadetreferat": "det uploadede referat",
    "budget.budget": "budgettet", "budget.finansieringskilde": "kilden", "budget.forbrug": "forbruget",
    "budget.konto": "kontoen", "budget.medfinansieringspulje": "kommunens pulje", "budget.puljetilsagn": "tilsagnet",
    "budget.revision": "revisionen", "budget.sats": "satsen", "budget.satsvaerdi": "satsens værdi",
    "dokumenter.deltudkast": "udkastet", "dokumenter.filrevision": "filen", "dokumenter.godkendelse": "afgørelsen",
    "dokumenter.pakke": "pakken",
    "dokumenter.udgave": "udgaven", "dokumenter.underskriver": "underskriveren",
    "dokumenter.wordskabelon": "Word-skabelonen", "helhedsplan.bruger": "brugeren",
    "helhedsplan.slettet": "det slettede",
    "indikatorer.accept": "accepten af", "indikatorer.importfil": "filen med tal",
    "indikatorer.importskabelon": "opskriften på indlæsning", "indikatorer.indikator": "indikatoren",
    "indikatorer.maaling": "tallet", "indikatorer.omraadestatus": "områdets status",
    "indikatorer.opfoelgning": "opfølgningen på", "indikatorer.sted": "stedet",
    "indikatorer.statusliste": "listen", "indikatorer.talbinding": "tallet i teksten",
    "indikatorer.udgivettal": "det udgivne tal",
}  # fmt: skip

#: What was done -> how it is told: before the thing, and after its name.
GJORDE = {
    "afgjort": ("skrev", ""), "aflyst": ("aflyste", ""), "afvist": ("afviste", ""), "arkiveret": ("arkiverede", ""),
    "anonymiseret": ("anonymiserede", ""),
    "bekræftet": ("bekræftede", ""), "besluttet": ("skrev bestyrelsens beslutning om", ""),
    "besvaret": ("svarede på", ""), "dagsorden sendt": ("sendte dagsordenen med", ""), "delt": ("delte", ""),
    "erstattet": ("erstattede", " med en ny"), "flyttet": ("flyttede", ""),
    "flyttet til en version": ("flyttede", " til en anden version af regelsættet"),
    "fjernet for altid": ("fjernede", " for altid"), "forbrug rettet": ("rettede forbruget i", ""),
    "frosset": ("frøs", ""), "gennemgået": ("gennemgik", ""), "gendannet": ("gendannede", ""),
    "genåbnet": ("åbnede", " igen"),
    "godkendt": ("godkendte", ""), "godkendt med link": ("godkendte", " med et link"),
    "holdt": ("skrev, at", " er holdt"), "ikke godkendt": ("godkendte ikke", ""),
    "ikke godkendt med link": ("godkendte ikke", ". Svaret kom med et link"), "indkaldt": ("indkaldte til", ""),
    "indlæst": ("indlæste", ""), "inhabil": ("skrev inhabilitet ind:", ""), "inviteret": ("inviterede", ""),
    "inviteret igen": ("inviterede", " igen"), "afsluttet": ("afsluttede", ""),
    "lagt sammen": ("lagde en anden sammen med", ""), "lavet": ("lavede", ""), "læst": ("læste", ""),
    "meldt holdt": ("skrev, at", " er holdt"), "nået": ("skrev, at", " er nået"), "oprettet": ("oprettede", ""),
    "ophævet": ("ophævede", ""),
    "overtaget": ("overtog", ""), "publiceret": ("publicerede", ""),
    "påmindet om at skrive under": ("mindede", " om at skrive under"),
    "regnet om": ("regnede", " om"), "rettet": ("rettede", ""), "sat i kraft": ("satte", " i kraft"),
    "sendt": ("sendte", ""), "sendt tilbage": ("sendte", " tilbage"),
    "sendt til lederen": ("sendte", " til lederen"), "slettet": ("slettede", ""),
    "sorteret": ("ændrede rækkefølgen i", ""), "spurgt": ("stillede", ""), "stemt": ("skrev", ""),
    "stemt med link": ("afgav", " med et link"), "stemt om": ("rettede", ""),
    "stemt om med link": ("rettede", " med et link"), "taget frem": ("tog", " frem igen"),
    "taget til efterretning": ("tog", " til efterretning"),
    "tidsstempel fornyet": ("fornyede tidsstemplet på", ""), "trukket tilbage": ("trak", " tilbage"),
    "udført": ("skrev, at", " er udført"), "udgivet": ("udgav", ""), "underskrevet": ("skrev under som", ""),
    "underskrevet på papir": ("uploadede papiret med underskriften fra", ""),
    "underskrevet hos en tjeneste": ("uploadede filen med underskriften fra", ""),
    "underskrift trukket tilbage": ("trak underskriften tilbage for", ""),
    "uploadet": ("uploadede", ""), "åbnet": ("åbnede", ""),
}  # fmt: skip

#: Where the two together would not be said so by anybody.
SAERLIGE = {
    ("aftaler.medlemskab", "afsluttet"): ("afsluttede adgangen for", ""),
    ("aftaler.medlemskab", "inviteret igen"): ("sendte invitationen igen til", ""),
    ("aftaler.medlemskab", "oprettet"): ("gav adgang til", ""),
    ("aftaler.medlemskab", "rettet"): ("ændrede adgangen for", ""),
    ("aftaler.medlemskab", "slettet"): ("fjernede adgangen for", ""),
    ("aftaler.planparameter", "rettet"): ("ændrede planens grænse:", ""),
    ("bestyrelse.bestyrelsesmedlem", "oprettet"): ("skrev", " ind i bestyrelsen"),
    ("bestyrelse.bestyrelsesmedlem", "slettet"): ("tog", " ud af bestyrelsen"),
    ("bestyrelse.bestyrelsesside", "oprettet"): ("gav", " en side i bestyrelsen"),
    ("bestyrelse.dagsordenspunkt", "oprettet"): ("satte", " på dagsordenen"),
    ("bestyrelse.fremmoede", "oprettet"): ("skrev fremmødet ind:", ""),
    ("bestyrelse.moedepapir", "sendt"): ("sendte", ""),
    ("bestyrelse.stemme", "stemt"): ("skrev stemmen ind:", ""),
    ("bestyrelse.referatgodkendelse", "godkendt"): ("svarede på referatet:", ""),
    ("bestyrelse.referatgodkendelse", "godkendt med link"): ("svarede på referatet med et link:", ""),
    ("bestyrelse.referatgodkendelse", "ikke godkendt"): ("svarede på referatet:", ""),
    ("bestyrelse.referatgodkendelse", "ikke godkendt med link"): ("svarede på referatet med et link:", ""),
    ("budget.finansieringskilde", "oprettet"): ("tilføjede kilden", " til budgettet"),
    ("dokumenter.filrevision", "oprettet"): ("lagde en fil til:", ""),
    ("dokumenter.godkendelse", "oprettet"): ("skrev afgørelsen:", ""),
    ("dokumenter.underskriver", "oprettet"): ("satte", " på listen over dem, der skriver under"),
    ("dokumenter.underskriver", "påmindet om at skrive under"): ("mindede", " om at skrive under"),
    ("dokumenter.underskriver", "underskrevet"): ("skrev under for", ""),
    ("dokumenter.underskriver", "inviteret"): ("bad", " om at skrive under"),
    ("indikatorer.opfoelgning", "oprettet"): ("skrev opfølgningen på", ""),
}


def sagt(objekt_type: str, handling: str, art: str) -> tuple[str, str]:
    """What stands before the thing's name and after it. `art` is what an unknown kind is called."""
    if saerlig := SAERLIGE.get((objekt_type, handling)):
        return saerlig
    gjorde, efter = GJORDE.get(handling, (f"skrev »{handling}« om", ""))
    return f"{gjorde} {TING.get(objekt_type, art)}", efter
