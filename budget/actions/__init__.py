"""Every write of the budget: keyword-only, always `bruger`, one transaction, the right asked, the change logged.

They raise PermissionDenied, ValidationError (code 'laast' for what is approved) and Versionskonflikt.

finansiering
    opret_kilde(kilde), ret_kilde(kilde, felter, version), slet_kilde(kilde)
    opret_sats(sats, vaerdi), ret_sats(sats, felter, version), slet_sats(sats)
    opret_satsvaerdi(sats, gaelder_fra, beloeb, kilde), ret_satsvaerdi(vaerdi, felter, version), slet_satsvaerdi(vaerdi)
    opret_konto(konto), ret_konto(konto, felter, version), slet_konto(konto), sikr_kontoplan(regelsaet)
    their order: aftaler.actions.raekker.sorter and flyt, with relation 'finansieringskilder' or 'satser'
budget
    opret_budget(budget), ret_budget(budget, felter, version), slet_budget(budget)
    godkend_budget(budget, dato, version)
    gem_celler(budget, version, celler=[Celle], udgifter=[Udgiftscelle], skala) -> number changed
        all or none; faults as ValidationError.message_dict by id of the cell
    kopier_budget(fra, budget)                      a granted budget (unsaved object) from the one applied for
    opret_scenarie(fra, navn, nye_totaler={kilde: Decimal}, begrundelse, skaler_udgifter)
revision
    opret_revision(revision), ret_revision(revision, felter, version), slet_revision(revision)
    gem_revisionslinjer(revision, linjer=[Linje], version)      faults by 'linje-<number>'
    godkend_revision(revision, dato, version)
forbrug
    gem_forbrug(plan, celler=[Forbrugscelle], skala) -> number changed; faults by Forbrugscelle.id
    slet_forbrug(forbrug)
pulje
    opret_pulje(pulje), ret_pulje(pulje, felter, version), slet_pulje(pulje)
    opret_tilsagn(tilsagn), ret_tilsagn(tilsagn, felter, version), slet_tilsagn(tilsagn)
"""
