def side(request):
    """What every page's frame needs; pages override by their own context."""
    return {"broedkrumme": [], "sidemenu": []}
