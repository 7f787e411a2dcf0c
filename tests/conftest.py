"""What every test may ask for by name. The data folder is set earlier, in `tests.place`."""

from tests.databases import django_db_modify_db_settings

__all__ = ["django_db_modify_db_settings"]
pytest_plugins = ["tests.services.fixtures"]
