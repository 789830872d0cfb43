from aftaler.queries.klokke import kendt_antal
from helhedsplan.aabnet import aabnede


def klokke(request):
    """How many things wait for the person, where it is known. The page after a write does not wait for what all rooms
    have to say: its bell has no number yet, and asks for it beside the page (`aftaler.views.forside.Klokke`)."""
    return {"klokke": lambda: kendt_antal(request.user, aabnede(request))}
