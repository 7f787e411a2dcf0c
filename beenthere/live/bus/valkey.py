"""The bus over Redis or Valkey: publish and subscribe, nothing stored."""

import time

import redis

from .subscriptions import ConnectedBus


class ValkeyBus(ConnectedBus):
    """`url` as redis-py reads it (`redis://`, `rediss://`); `channel` tells places apart."""

    cut_off = (OSError, redis.RedisError)

    def __init__(self, url: str, *, channel: str) -> None:
        self._channel = channel
        url = url.replace("valkey://", "redis://", 1)
        self._server = redis.Redis.from_url(
            url, socket_connect_timeout=5, socket_timeout=5, health_check_interval=30, decode_responses=True
        )
        super().__init__()

    def _connect(self) -> None:
        self._hearing = self._server.pubsub()
        self._hearing.subscribe(self._channel)
        until = time.monotonic() + 5
        while time.monotonic() < until:  # only then does the server pass on what others publish
            said = self._hearing.get_message(timeout=1)
            if said and said["type"] == "subscribe":
                return
        raise redis.ConnectionError("the subscription was not confirmed")

    def _listen(self) -> None:
        try:
            while not self._stop.is_set():
                said = self._hearing.get_message(ignore_subscribe_messages=True, timeout=0.5)
                if said and said["type"] == "message":
                    self.hear(said["data"])
        finally:
            self._hearing.close()

    def _send(self, message: str) -> None:
        self._server.publish(self._channel, message)

    def _disconnect(self) -> None:
        self._stop.set()
