"""The bus over PostgreSQL's LISTEN and NOTIFY, on connections of its own (a pool that hands
connections out by transaction would lose what was listened for)."""

import threading

import psycopg

from .subscriptions import ConnectedBus

CHANNEL = "beenthere"


class PostgresqlBus(ConnectedBus):
    """`url`: the database, the same for every process of the place."""

    cut_off = (OSError, psycopg.Error)

    def __init__(self, url: str) -> None:
        self._url = url
        self._hearing: psycopg.Connection | None = None
        self._speaking: psycopg.Connection | None = None
        self._sending = threading.Lock()
        super().__init__()

    def _connect(self) -> None:
        self._hearing = self._connection()
        self._hearing.execute(f"LISTEN {CHANNEL}")

    def _connection(self) -> psycopg.Connection:
        # Without keepalives a listener whose server vanished would wait for ever.
        return psycopg.connect(
            self._url, autocommit=True, connect_timeout=5, keepalives_idle=30, keepalives_interval=10
        )

    def _listen(self) -> None:
        with self._hearing as hearing:
            while not self._stop.is_set():
                for notice in hearing.notifies(timeout=0.5):
                    self.hear(notice.payload)

    def _send(self, message: str) -> None:
        with self._sending:
            try:
                self._notify(message)
            except psycopg.OperationalError:
                self._speaking = None  # cut off since the last message: once more, afresh
                self._notify(message)

    def _notify(self, message: str) -> None:
        if self._speaking is None or self._speaking.closed:
            self._speaking = self._connection()
        self._speaking.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])

    def _disconnect(self) -> None:
        with self._sending:
            if self._speaking is not None:
                self._speaking.close()
