from django.apps import AppConfig


class SignpostsConfig(AppConfig):
    name = "beenthere.signposts"
