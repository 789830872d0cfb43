"""The site, the floor (one query, thirty rows, no login) and the admin's list of plans."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import include, path

from aftaler.models import Aktivitet, Helhedsplan

RAEKKER = 30


@login_not_required
def gulv(request):
    return render(request, "bench/gulv.html", {"raekker": Aktivitet.objects.order_by("pk")[:RAEKKER]})


class AabentAdminsite(admin.AdminSite):
    """An admin that whoever is logged in may see, so that rights cost nothing in the comparison."""

    def has_permission(self, request):
        return request.user.is_authenticated


class Planadmin(admin.ModelAdmin):
    list_display = ("navn", "periode_fra", "periode_til", "regelsaet", "fase")
    list_select_related = ("regelsaet",)
    search_fields = ("navn",)
    list_per_page = 25

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True

    has_add_permission = has_change_permission = has_delete_permission = lambda self, request, obj=None: False


site = AabentAdminsite()
site.register(Helhedsplan, Planadmin)

urlpatterns = [
    path("gulv/", gulv),
    path("admin/", site.urls),
    path("", include("helhedsplan.urls")),
]
