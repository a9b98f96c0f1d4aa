"""The installation's choices live in the environment, so one tree serves a laptop and a server.

`read_env` turns a mapping of strings into a frozen `Env`. Every variable is optional; the defaults
need no other program. A value that cannot be used raises `EnvironmentProblem`, which names every
such variable, says what is wrong and shows a value that would do; it never repeats the value,
which may hold a password.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
import environs
from environs import EnvValidationError, ValidationError

from config import files, gateways, keys, signon
from config.gate import antivirus

PROJECT = Path(__file__).resolve().parent.parent
SHORTEST_TOKEN = 32

EXAMPLES: Mapping[str, str] = {
    "MITRA_DATA": "/var/lib/mitra",
    "DEBUG": "0",
    "DATABASE_URL": "postgres://mitra:password@127.0.0.1:5432/mitra",
    "BROKER_URL": "redis://127.0.0.1:6379/0",
    "REDIS_URL": "redis://127.0.0.1:6379/1",
    "SITE_URL": "https://mitra.example.go.id",
    "ALLOWED_HOSTS": "mitra.example.go.id,10.0.0.5",
    "EMAIL_URL": "submission://user:password@mail.example.go.id:587",
    "SOURCE_URL": "https://code.example.go.id/mitra-bejo",
    "DEMO": "0",
    "OFFICE_NAME": "Biro Pengadaan Barang/Jasa",
    "OFFICE_PHONE": "0812 0000 0000",
    "OFFICE_EMAIL": "biro@example.go.id",
    "INSPECTORATE_EMAIL": "inspektorat@example.go.id",
    "REGISTERS": "oss=file:/var/lib/mitra/oss.csv,djp=sandbox,ahu=none",
    "ANTIVIRUS": "clamd:/run/clamav/clamd.ctl",
    "TRUSTED_PROXY_COUNT": "1",
    "LANGUAGE": "id",
    "SECOND_FACTOR": "1",
    "LEAST_FREE_MB": "2048",
    "LOG_FORMAT": "json",
    "METRICS_TOKEN": "(thirty-two or more random characters)",
    "SECURE_COOKIES": "1",
    **keys.EXAMPLES,
    **files.EXAMPLES,
    **gateways.EXAMPLES,
    **signon.EXAMPLES,
}


class EnvironmentProblem(Exception):
    """Raised with a sentence per unusable variable, fit to be shown to the keeper as it is."""


@dataclass(frozen=True)
class Env:
    """What the keeper chose, checked: `database` and `email` are in Django's own shapes."""

    data: Path
    secret_key: str
    debug: bool
    database: Mapping[str, Any]
    broker_url: str
    redis_url: str
    site_url: str
    allowed_hosts: tuple[str, ...]
    email: Mapping[str, Any]
    source_url: str
    demo: bool
    office_name: str
    office_phone: str
    office_email: str
    inspectorate_email: str
    registers: Mapping[str, str]
    antivirus: str
    trusted_proxy_count: int
    language: str
    least_free_mb: int
    log_format: str
    metrics_token: str
    secure_cookies: bool
    bucket: files.Bucket | None
    old_secret_keys: tuple[str, ...]
    gateways: gateways.Gateways
    second_factor: bool
    sign_on: signon.SignOn

    @property
    def embedded_broker(self) -> bool:
        """True when messages travel through a folder, without a broker program."""
        return self.broker_url.startswith("filesystem://")

    @property
    def broker_folder(self) -> Path:
        """Where the embedded broker keeps its messages; made by `read_env` when it is used."""
        return self.data / "broker"

    @property
    def https(self) -> bool:
        """True when people reach the site over HTTPS."""
        return self.site_url.startswith("https://")


class _Reader(environs.Env):
    """Reads one mapping instead of the process's own environment, so that a test needs no patch."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(eager=False)
        self._environ = {name: value.strip() for name, value in environ.items() if value.strip()}

    def _get_value(self, env_key: str, default: Any) -> Any:
        return self._environ.get(env_key, default)

    def flag(self, name: str, *, default: bool) -> bool:
        return self.text(name, "1" if default else "0", _a_flag) == "1"

    def text(self, name: str, default: str, rule: Callable[[str], None] | None = None) -> str:
        """Give the default for a value that breaks its rule too: `seal` then refuses the lot."""
        return self.str(name, default, validate=rule) or default


def read_env(environ: Mapping[str, str]) -> Env:
    """Read every variable at once, so that one start shows all that is wrong.

    A blank value counts as absent. Makes the data directory, and in it `secret_key` (mode 600) on
    the first start without SECRET_KEY. Raises EnvironmentProblem.
    """
    read = _Reader(environ)
    debug = read.flag("DEBUG", default=False)
    data = Path(read.text("MITRA_DATA", str(PROJECT / "var"), _an_absolute_path))
    site_url = read.text("SITE_URL", "http://127.0.0.1:8000", _a_site).rstrip("/")
    host = urlsplit(site_url).hostname or ""
    choices: dict[str, Any] = {
        "debug": debug,
        "database": _database(read, data),
        "broker_url": read.text("BROKER_URL", "filesystem://localhost", _a_broker),
        "redis_url": read.text("REDIS_URL", "", _a_redis),
        "site_url": site_url,
        "allowed_hosts": _hosts(read, host),
        "email": _email(read, data),
        "source_url": read.text("SOURCE_URL", "", _a_link),
        "demo": (demo := read.flag("DEMO", default=False)),
        "second_factor": read.flag("SECOND_FACTOR", default=not demo),
        "office_name": read.text("OFFICE_NAME", "Biro Pengadaan Barang/Jasa Provinsi Jawa Timur"),
        "office_phone": read.text("OFFICE_PHONE", ""),
        "office_email": read.text("OFFICE_EMAIL", ""),
        "inspectorate_email": read.text("INSPECTORATE_EMAIL", "", _an_address),
        "registers": _registers(read.text("REGISTERS", "", _some_registers)),
        "antivirus": read.text("ANTIVIRUS", antivirus.NONE, _an_antivirus),
        "trusted_proxy_count": int(read.text("TRUSTED_PROXY_COUNT", "0", _a_small_count)),
        "language": read.text("LANGUAGE", "id", _a_language),
        "least_free_mb": int(read.text("LEAST_FREE_MB", "2048", _a_count_of_megabytes)),
        "log_format": read.text("LOG_FORMAT", "plain", _a_log_format),
        "metrics_token": read.text("METRICS_TOKEN", "", _a_token),
        "secure_cookies": read.flag("SECURE_COOKIES", default=not keys.is_this_machine(host)),
        "bucket": files.read_files(read),
        "old_secret_keys": keys.several(
            read.text("SECRET_KEY_FALLBACKS", "", keys.rule_for_older_keys(debug=debug))
        ),
        "gateways": gateways.read_gateways(read),
        "sign_on": signon.read_sign_on(read),
    }
    secret_key = read.text("SECRET_KEY", "", keys.rule_for_key(debug=debug))
    try:
        read.seal()
    except EnvValidationError as error:
        problems = cast("dict[str, list[str]]", error.error_messages)
        raise EnvironmentProblem(_sentences(problems)) from None
    wrong = keys.contradictions(
        debug=debug, host=host, database=choices["database"], secret_key=secret_key
    )
    if wrong:
        raise EnvironmentProblem(_sentences(wrong))
    _make_folders(data, broker=choices["broker_url"].startswith("filesystem://"))
    return Env(data=data, secret_key=secret_key or keys.embedded_secret_key(data), **choices)


def _database(read: _Reader, data: Path) -> Mapping[str, Any]:
    url = read.text("DATABASE_URL", "", _a_database)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "mitra.sqlite3")}
    return dict(dj_database_url.parse(url))


def _email(read: _Reader, data: Path) -> Mapping[str, Any]:
    url = read.text("EMAIL_URL", "", _a_mail_server)
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data / "outbox"),
        }
    return dict(dj_email_url.parse(url))


def _hosts(read: _Reader, host: str) -> tuple[str, ...]:
    named = [name.strip() for name in read.text("ALLOWED_HOSTS", "", _plain_hosts).split(",")]
    return tuple(dict.fromkeys([*filter(None, named), host, "127.0.0.1", "localhost"]))


def _make_folders(data: Path, *, broker: bool) -> None:
    folders = [data, data / "broker"] if broker else [data]
    try:
        for folder in folders:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = f"the folder cannot be made ({error.strerror})."
        raise EnvironmentProblem(_sentences({"MITRA_DATA": [why]})) from None


def _sentences(problems: Mapping[str, list[str]]) -> str:
    lines = ["These environment variables cannot be used:"]
    for name, messages in problems.items():
        lines.append(f"  {name} {' '.join(messages)} For example: {name}={EXAMPLES[name]}")
    return "\n".join(lines)


def _scheme(url: str) -> str:
    return url.partition("://")[0].lower()


def _an_absolute_path(path: str) -> None:
    if not Path(path).is_absolute():
        raise ValidationError("must be a full path, beginning with /.")


def _a_site(url: str) -> None:
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        whole = None
    if not whole or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValidationError("must be http:// or https:// and a host, with nothing after it.")


def _a_link(url: str) -> None:
    if _scheme(url) not in {"http", "https"} or not urlsplit(url).hostname:
        raise ValidationError("must be a link that begins with http:// or https://.")


def _registers(text: str) -> dict[str, str]:
    """Which adapter answers for which register: `oss=file:/path.csv,djp=sandbox`."""
    pairs = (part.partition("=") for part in text.split(",") if part.strip())
    return {name.strip(): adapter.strip() for name, _mark, adapter in pairs}


def _some_registers(text: str) -> None:
    for name, adapter in _registers(text).items():
        is_file = adapter.startswith("file:/")
        if name not in {"oss", "djp", "ahu"} or not (is_file or adapter in {"none", "sandbox"}):
            raise ValidationError("must name oss, djp, ahu with none, sandbox or file:/path.")


def _a_database(url: str) -> None:
    message = "must be postgres://user:password@host:port/name or sqlite:////path/to/file."
    try:
        name = str(dj_database_url.parse(url).get("NAME") or "")
    except (ValueError, KeyError):
        raise ValidationError(message) from None
    if _scheme(url) not in {"sqlite", "postgres", "postgresql"} or not name:
        raise ValidationError(message)


def _a_broker(url: str) -> None:
    if _scheme(url) not in {"filesystem", "redis", "rediss", "redis+socket"}:
        raise ValidationError("must begin with redis:// or rediss://, or be left out.")


def _a_redis(url: str) -> None:
    if _scheme(url) not in {"redis", "rediss", "unix"}:
        raise ValidationError("must begin with redis://, rediss:// or unix://.")


def _a_mail_server(url: str) -> None:
    try:
        settings = dj_email_url.parse(url)
    except (ValueError, KeyError):
        settings = {}
    if not settings.get("EMAIL_BACKEND"):
        raise ValidationError("must begin with submission://, smtps://, smtp:// or console:.")
    if _scheme(url) in {"submission", "smtps", "smtp"} and not urlsplit(url).hostname:
        raise ValidationError("names no mail server.")


def _plain_hosts(hosts: str) -> None:
    if any(mark in hosts for mark in "/:*"):
        raise ValidationError("must be plain host names with commas between, without * or http://.")


def _a_flag(value: str) -> None:
    if value not in {"0", "1"}:
        raise ValidationError("must be 1 (yes) or 0 (no).")


def _an_address(address: str) -> None:
    name, at, host = address.partition("@")
    if not (name and at and "." in host) or " " in address:
        raise ValidationError("must be one e-mail address.")


def _an_antivirus(address: str) -> None:
    if not antivirus.is_address(address):
        raise ValidationError("must be none, clamd:/path/of/its/socket or clamd://host:port.")


def _a_small_count(count: str) -> None:
    if count not in {"0", "1", "2", "3", "4", "5"}:
        raise ValidationError("must be a whole number from 0 to 5; 0 means no proxy.")


def _a_count_of_megabytes(count: str) -> None:
    if not (count.isascii() and count.isdigit()):
        raise ValidationError("must be a whole number of megabytes; 0 checks nothing.")


def _a_log_format(name: str) -> None:
    if name not in {"plain", "json"}:
        raise ValidationError("must be plain or json.")


def _a_token(token: str) -> None:
    if len(token) < SHORTEST_TOKEN:
        raise ValidationError(f"is shorter than {SHORTEST_TOKEN} characters.")


def _a_language(code: str) -> None:
    if code not in {"id", "en"}:
        raise ValidationError("must be id or en.")
