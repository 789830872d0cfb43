from allauth.account.adapter import DefaultAccountAdapter


class Kontoadapter(DefaultAccountAdapter):
    """Accounts are made by those who run the plans, never by signing up."""

    def is_open_for_signup(self, request):
        return False
