"""For the technical superuser only: courts and the first administrator. Everything else is done on the pages."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Court, Post, User


@admin.register(Court)
class CourtAdmin(admin.ModelAdmin):
    list_display = ("code", "name", "parent")


class FirstPasswordForm(forms.ModelForm):
    password = forms.CharField(widget=forms.PasswordInput, strip=False)

    class Meta:
        model = User
        fields = ("username", "name", "phone")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People are created here only to begin a court; the first password must be changed at the first sign-in."""

    list_display = ("username", "name", "is_active")
    search_fields = ("username", "name")

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return ("username", "name", "phone", "is_active" if obj else "password")

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **options: object) -> type:
        if obj is None:
            options |= {"form": FirstPasswordForm}
        return super().get_form(request, obj, change, **options)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.set_password(form.cleaned_data["password"])
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ("user", "court", "role", "from_on", "until_on")
    list_filter = ("court", "role")
    autocomplete_fields = ("user",)

    def has_delete_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return False
