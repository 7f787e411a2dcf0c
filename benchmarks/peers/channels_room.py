"""Django Channels as its documentation has it: in-memory layer, async consumer, `acreate`, session auth,
uvicorn; SQLite with the same pragmas as ours (WAL, FULL). No gates, no keys, no resuming."""

import json
import socket
import sys
from pathlib import Path

ROOMS, SEATS = 10, 10


def main(folder: str) -> None:
    from django.conf import settings

    pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    settings.configure(
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["*"],
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "channels",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": Path(folder) / "channels.sqlite3",
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": pragmas},
            }
        },
        CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    import django

    django.setup()
    import uvicorn
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    app, message = application()
    with connection.schema_editor() as editor:
        editor.create_model(message)
    sessions = make_sessions()
    connection.close()
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    print(json.dumps({"port": listening.getsockname()[1], "rooms": sessions}), flush=True)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        access_log=False,
        lifespan="off",
        log_config=None,
        log_level="error",
    )
    uvicorn.Server(config).run(sockets=[listening])


def application():
    """The routed application, and the model of its messages."""
    from channels.auth import AuthMiddlewareStack
    from channels.generic.websocket import AsyncWebsocketConsumer
    from channels.routing import ProtocolTypeRouter, URLRouter
    from django.contrib.auth.models import User
    from django.db import models
    from django.urls import path

    class Message(models.Model):
        room = models.IntegerField(db_index=True)
        author = models.ForeignKey(User, on_delete=models.CASCADE)
        words = models.TextField()
        made_at = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "auth"

    class Room(AsyncWebsocketConsumer):
        async def connect(self) -> None:
            if not self.scope["user"].is_authenticated:
                await self.close()
                return
            self.number = self.scope["url_route"]["kwargs"]["number"]
            self.group = f"room_{self.number}"
            await self.channel_layer.group_add(self.group, self.channel_name)
            await self.accept()

        async def disconnect(self, code: int) -> None:
            if hasattr(self, "group"):
                await self.channel_layer.group_discard(self.group, self.channel_name)

        async def receive(self, text_data=None, bytes_data=None) -> None:
            words = json.loads(text_data)["words"]
            row = await Message.objects.acreate(room=self.number, author=self.scope["user"], words=words)
            said = {"type": "said", "number": row.pk, "words": words, "by": row.author_id}
            await self.channel_layer.group_send(self.group, said)

        async def said(self, event: dict) -> None:
            await self.send(text_data=json.dumps({"said": self.number, **event}))

    routes = URLRouter([path("rooms/<int:number>/", Room.as_asgi())])
    return ProtocolTypeRouter({"websocket": AuthMiddlewareStack(routes)}), Message


def make_sessions() -> list[list[str]]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore

    rooms = []
    for room in range(ROOMS):
        sessions = []
        for seat in range(SEATS):
            user = User.objects.create(username=f"{room}-{seat}")
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.create()
            sessions.append(session.session_key)
        rooms.append(sessions)
    return rooms


if __name__ == "__main__":
    main(sys.argv[1])
