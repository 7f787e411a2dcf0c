"""Every setting, from the environment only: typed, checked at start, named in docs/running.md.

`Place` reads `BEENTHERE_*`; below it stands what Django asks for. Nothing here reads a file but
the secrets, which are made on the first start (`beenthere.foundation.secrets`).
"""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from beenthere.foundation.folders import default_data_folder
from beenthere.foundation.post import mail_settings
from beenthere.foundation.secrets import read_or_make_secret
from beenthere.foundation.tls import sealed_bus, sealed_database, tls_settings

PACKAGE = Path(__file__).resolve().parent


class Place(BaseSettings):
    """The settings of one place. A test compares this list with docs/running.md."""

    model_config = SettingsConfigDict(env_prefix="BEENTHERE_", extra="ignore")

    data: Path = Field(default_factory=default_data_folder, description="Folder of the data and of caches.")
    keys: Path | None = Field(None, description="Folder of the key store; else `keys` in the data.")
    wrapping_key_file: Path | None = Field(
        None, description="File of the key that wraps all others; by default `secret/wrapping.key`."
    )
    wrapping_key: SecretStr = Field(
        SecretStr(""), description="The wrapping key itself, not a file; after a comma, the one before."
    )
    key_copies: list[Path] = Field(
        default_factory=list, description="Two folders (JSON list) for the copies of the key store."
    )
    database: Annotated[str, AfterValidator(sealed_database)] = Field(
        "", description="`postgresql://...` instead of SQLite in the data folder."
    )
    bus: Annotated[str, AfterValidator(sealed_bus)] = Field(
        "unix", description="`unix`, `memory`, `postgresql` or `redis://...`."
    )
    pages: Literal["apart", "together"] = Field(
        "apart", description="Whether pages are made apart from the sockets, in a process of their own."
    )
    hosts: list[str] = Field(
        default_factory=lambda: ["localhost", "127.0.0.1", "[::1]"], description="Host names answered."
    )
    port: int = Field(8000, ge=1, le=65535, description="The port that is served.")
    local_tools: bool = Field(False, description="Set by `demo` and `pair`: pages for a loopback alone.")
    address: str = Field("", description="Where the place is reached, for links in mail.")
    mail: SecretStr = Field(SecretStr(""), description="How mail leaves; without it, the console shows it.")
    mail_from: str = Field("beenthere@localhost", description="The address that mail comes from.")
    leave_to: str = Field(
        "https://www.wikipedia.org/", description="Where *Leave this page now* leads, the same for all."
    )
    demo: bool = Field(False, description="Set by `demo`: every page says that its people are fictional.")
    name: str = Field("Beenthere", description="What this place is called.")
    language: str = Field("en", description="Language where a browser names none we have, and of commands.")
    k: int = Field(10, ge=5, description="What is shown about many stands behind at least this many people.")
    log_level: str = Field("INFO", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`.")
    debug: bool = Field(False, description="Django's debug pages; never on a served place.")

    @field_validator("data")
    @classmethod
    def absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @property
    def own_address(self) -> str:
        return (self.address or f"http://localhost:{self.port}").rstrip("/")

    @property
    def key_folder(self) -> Path:
        return (self.keys or self.data / "keys").expanduser().absolute()

    @property
    def wrapping_key_path(self) -> Path:
        return (self.wrapping_key_file or self.data / "secret" / "wrapping.key").expanduser().absolute()

    @property
    def key_copy_folders(self) -> list[Path]:
        return self.key_copies or [self.data / "key-copies" / "one", self.data / "key-copies" / "two"]


PLACE = Place()
DATA = PLACE.data
SECRET_KEY = read_or_make_secret(DATA / "secret" / "pages.key")
DEBUG = PLACE.debug and not PLACE.own_address.startswith("https:")
ALLOWED_HOSTS = PLACE.hosts
CSRF_TRUSTED_ORIGINS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "beenthere.foundation",
    "beenthere.foundation.keys",
    "beenthere.live",
    "beenthere.ui",
    "beenthere.signposts",
    "beenthere.people",
    "beenthere.experiences",
    "beenthere.stories",
    "beenthere.conversations",
    "beenthere.matching",
    "beenthere.safety",
    "beenthere.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "beenthere.web.middleware.no_store",
    "django.middleware.locale.LocaleMiddleware",
    "beenthere.web.middleware.who",
    "beenthere.web.noticing.notices",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "beenthere.web.urls"
WSGI_APPLICATION = "beenthere.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "beenthere.ui.context.place",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]


# IMMEDIATE, because a read that turns into a write fails at once under WAL; ATOMIC_REQUESTS stays
# off for the same reason (every GET would take the write lock).
def sqlite(path: Path) -> dict:
    """One SQLite file, durable: an acknowledged commit survives a pulled plug."""
    pragmas = "journal_mode=WAL; synchronous=FULL; foreign_keys=ON; secure_delete=ON; temp_store=MEMORY"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "".join(f"PRAGMA {pragma.strip()};" for pragma in pragmas.split(";")),
        },
    }


# As many as the threads of one process that ask the databases (tests/foundation/test_pools.py counts
# them). With fewer, threads that hold a connection of the place would wait for one of the key store while
# others wait the other way round, and all would fail.
CONNECTIONS = 18


def postgresql(url: str, *, schema: str = "") -> dict:
    """A PostgreSQL database from its URL; `schema` puts its tables apart from all others."""
    parts = urlsplit(url)
    options: dict = {"pool": {"min_size": 1, "max_size": CONNECTIONS, "timeout": 10}}
    # Whatever the server's own default is: what is acknowledged has reached its disk.
    options["options"] = "-c synchronous_commit=on" + (f" -c search_path={schema}" if schema else "")
    options |= dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


KEY_SCHEMA = "beenthere_keys"
DATABASES = {
    "default": postgresql(PLACE.database) if PLACE.database else sqlite(DATA / "beenthere.sqlite3"),
    "keys": postgresql(PLACE.database, schema=KEY_SCHEMA)
    if PLACE.database
    else sqlite(PLACE.key_folder / "keys.sqlite3"),
}
DATABASE_ROUTERS = ["beenthere.foundation.keys.router.KeyStoreRouter"]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = PLACE.language
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG

globals().update(tls_settings(PLACE.own_address, PLACE.port))
CSRF_FAILURE_VIEW = "beenthere.web.views.form_went_stale"
X_FRAME_OPTIONS = "DENY"
# Not `no-referrer`: under it browsers send `Origin: null` with our own forms, and none is accepted.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
PERMISSIONS_POLICY = {name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb")}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        # Text becomes a page in ui/trusted.js alone, from answers of our own; and one script has an address
        # that scripts may name, in signposts/keep.js.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["beenthere", "help-worker"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 50 * 1024 * 1024  # uploads live in memory only; web/asgi.py limits them
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = PLACE.mail_from
globals().update(mail_settings(PLACE.mail.get_secret_value()))
LOGGING_CONFIG = "beenthere.foundation.logs.set_up_logs"
LOGGING = {"level": PLACE.log_level}
