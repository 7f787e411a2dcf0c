"""What every test may ask for by name. The data folder is set earlier, in `tests.place`."""

from hypothesis import settings

from tests.databases import django_db_modify_db_settings

__all__ = ["django_db_modify_db_settings"]
pytest_plugins = ["tests.services.fixtures"]
# A slow machine is no fault. The same every time: what is found at random is looked for in benchmarks/.
settings.register_profile("here", deadline=None, derandomize=True)
settings.load_profile("here")
