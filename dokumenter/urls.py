from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from dokumenter.views import dokument, flere, pakke, sammenlign, udgave, underskrift, verificer, wordskabelon

underskrifter = [
    path("", underskrift.VisTavle.as_view(), name="underskrift-tavle"),
    path("paamind/", underskrift.paamind, name="underskrift-paamind"),
    path("papir/<int:nummer>/traek/", underskrift.TraekScan.as_view(), name="udgave-scan-traek"),
    path("tjeneste/", underskrift.Upload.as_view(), name="udgave-upload"),
    path("papir/", underskrift.UploadScan.as_view(), name="udgave-scan"),
    path("<int:underskriver>/fuldmagt/", underskrift.fuldmagt, name="underskriver-fuldmagt"),
    path("<int:underskriver>/", underskrift.RetUnderskriver.as_view(), name="underskriver-ret"),
]
en_udgave = [
    path("", udgave.UdgaveVis.as_view(), name="udgave-vis"),
    path("udgave.pdf", udgave.udgave_pdf, name="udgave-pdf"),
    path("billeder/<slug:sha256>/", udgave.udgave_billede, name="udgave-billede"),
    path("afgoerelse/<int:afgoerelse>/bilag/", udgave.afgoerelse_bilag, name="udgave-afgoerelsesbilag"),
    path("afgoerelse/", udgave.Afgoer.as_view(), name="udgave-godkend"),
    path("ikraft/", udgave.SaetIkraft.as_view(), name="udgave-ikraft"),
    path("traek/", udgave.TraekUdgave.as_view(), name="udgave-traek"),
    path("niveau/", udgave.RetNiveau.as_view(), name="udgave-niveau"),
    path("offentliggjort/", udgave.Offentliggoer.as_view(), name="udgave-offentliggoer"),
]
et_dokument = [
    path("", dokument.DokumentVis.as_view(), name="dokument-vis"),
    path("frys/", dokument.Frys.as_view(), name="udgave-frys"),
    path("del-udkast/", dokument.DelUdkast.as_view(), name="udkast-del"),
    path("gaeldende/", dokument.Gaeldende.as_view(), name="dokument-gaeldende"),
    path("gaeldende/gaeldende.pdf", dokument.gaeldende_pdf, name="dokument-gaeldende-pdf"),
]
dokumenter: list = [
    path("", dokument.DokumentListe.as_view(), name="dokument-liste"),
    path("udgaver/<int:pk>/", include(en_udgave)),
    path("delte-udkast/<int:pk>/udkast.pdf", dokument.delt_udkast_pdf, name="udkast-pdf"),
    path("delte-udkast/<int:pk>/traek/", dokument.TraekDeltUdkast.as_view(), name="udkast-traek"),
    path("flere/frys/", flere.FrysFlere.as_view(), name="udgaver-frys"),
    path("flere/afgoerelse/", flere.AfgoerFlere.as_view(), name="udgaver-afgoer"),
    path("flere/underskrift/", flere.TilUnderskrift.as_view(), name="udgaver-underskriv"),
    path("fase/", dokument.skift_fase, name="plan-fase"),
    path("pakke/", pakke.VisPakke.as_view(), name="pakke-vis"),
    path("pakke/lav/", pakke.Lav.as_view(), name="pakke-lav"),
    path("pakke/<int:pk>/pakke.zip", pakke.hent, name="pakke-zip"),
    path("pakke/<int:pk>/uploadet/", pakke.Uploadet.as_view(), name="pakke-uploadet"),
    path("udgaver/<int:pk>/aendringer/", sammenlign.Sammenlign.as_view(), name="udgave-sammenlign"),
    path("udgaver/<int:pk>/aendringer/word/", sammenlign.sammenlign_word, name="sammenlign-word"),
    path("udgaver/<int:pk>/word/", sammenlign.udgave_word, name="udgave-word"),
    path("udgaver/<int:pk>/skabelon/", wordskabelon.udgave_skabelon, name="udgave-skabelon"),
    path("kladder/<slug:art>/skabelon/", wordskabelon.dokument_skabelon, name="dokument-skabelon"),
    path("kladder/<slug:art>/<slug:emne>/skabelon/", wordskabelon.dokument_skabelon, name="dokument-skabelon"),
    path("kladder/<slug:art>/word/", sammenlign.dokument_word, name="dokument-word"),
    path("kladder/<slug:art>/<slug:emne>/word/", sammenlign.dokument_word, name="dokument-word"),
    path("udgaver/<int:pk>/underskriv/", underskrift.Underskriv.as_view(), name="udgave-underskriv"),
    path("udgaver/<int:pk>/filer/<int:nummer>/", underskrift.fil, name="udgave-fil"),
    path("udgaver/<int:pk>/underskrifter/", include(underskrifter)),
    path("<slug:art>/", include(et_dokument)),
    path("<slug:art>/<slug:emne>/", include(et_dokument)),
]

skabeloner = [
    path("", wordskabelon.WordskabelonListe.as_view(), name="wordskabelon-liste"),
    path("<int:pk>/", wordskabelon.hent, name="wordskabelon-hent"),
    path("<int:pk>/slet/", wordskabelon.slet, name="wordskabelon-slet"),
    path("<slug:regelsaet>/<slug:art>/", wordskabelon.RetWordskabelon.as_view(), name="wordskabelon-ret"),
]

urlpatterns = [
    path("wordskabeloner/", include(skabeloner)),
    path("planer/<slug:plan>/dokumenter/", include(dokumenter)),
    path("verificer", login_not_required(verificer.verificer), name="verificer"),
    path("verificer/<path:dokument_id>", login_not_required(verificer.verificer_id), name="verificer-id"),
]
