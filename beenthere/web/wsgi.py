"""The pages as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")
application = get_wsgi_application()


def load_everything() -> None:
    """Afterwards every view and what it needs is imported, so that the first page is as quick as others."""
    from django.template import engines
    from django.urls import get_resolver

    get_resolver().reverse_dict  # noqa: B018  # walks through all addresses
    engines.all()
