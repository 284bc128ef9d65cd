"""Django's list of cases, for the technical superuser only; nothing is changed there."""

from django.contrib import admin
from django.http import HttpRequest

from cases.models import Case


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    list_display = ("number", "kind", "stage", "cause", "claimed", "officer", "filed_at")
    list_filter = ("kind", "stage")
    list_select_related = ("officer__user",)
    list_per_page = 50
    search_fields = ("number",)
    ordering = ("-filed_at", "-id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False
