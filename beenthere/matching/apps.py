import os

from django.apps import AppConfig
from django.conf import settings


class MatchingConfig(AppConfig):
    name = "beenthere.matching"

    def ready(self) -> None:
        # The engine's compiled code is kept once, beside the data: numba reads this on its import.
        from beenthere.matching.core.compiled.key import source_key

        os.environ.setdefault("NUMBA_CACHE_DIR", str(settings.DATA / "cache" / "numba" / source_key()))

        from beenthere.matching import listeners  # noqa: F401 -- from here on it hears
