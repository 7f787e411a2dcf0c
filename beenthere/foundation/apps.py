from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "beenthere.foundation"
