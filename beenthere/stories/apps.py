from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "beenthere.stories"
