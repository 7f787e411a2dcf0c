"""Every surface on which somebody may meet what another wrote: asked, and their whole answers kept as text.

Ben writes. Ana talks with him, Eve has an introduction with him, Cleo is a member, and a visitor looks by.
"""

import json

from django.test import Client

from beenthere.conversations import sockets
from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.models import Message
from beenthere.conversations.models.between import EXPORT
from beenthere.foundation.refs import SITE, new_ref
from beenthere.matching.actions import propose
from beenthere.matching.models import Card, Excerpt
from beenthere.people.actions import make_access_token
from beenthere.people.models import Person
from beenthere.stories.actions import change_piece
from beenthere.stories.models import ANYONE, Piece
from beenthere.web.honest import listed_pieces
from tests.cast import person, signed_in
from tests.matching.place_of import lived, member

CANARY = "zanzibarquill"  # in the piece
NOTED = "quillzanzibar"  # in the message


class World:
    """Ben's piece is for anyone, listed, quoted to Eve and carried to Ana; his message 2 goes to Ana."""

    def __init__(self) -> None:
        words = f"I lost my mum two years ago, and {CANARY} stands on the door of number nine."
        self.ben = member("Ben", words, experiences=lived("loss-of-a-parent"))
        self.piece = Piece.objects.get(author=self.ben)
        about = {"experiences": lived("loss-of-a-parent"), "language": "en"}
        opened = {"audience": ANYONE, "listed": True, "quotable": True}
        change_piece(piece=self.piece, words=words, about=about, **opened, by=self.ben)
        self.eve = member("Eve", "My mum died. I set two cups out.", experiences=lived("loss-of-a-parent"))
        propose()
        assert Excerpt.objects.filter(piece=self.piece.ref).exists()
        self.card = Card.objects.get(person=self.eve)
        self.ana, self.cleo = person("Ana"), person("Cleo")
        self.talk = open_conversation(people=[(self.ana, "Anita"), (self.ben, "Benno")], by=SITE)
        first = Draft(self.ana.ref, self.talk.ref, new_ref(), "Hello.")
        second = Draft(self.ben.ref, self.talk.ref, new_ref(), f"Everybody knows {NOTED} by sight.")
        third = Draft(
            self.ben.ref, self.talk.ref, new_ref(), "Me too.", kind="been_there", piece=self.piece.ref
        )
        assert [one.number for one in send_messages([first, second, third])] == [1, 2, 3]
        self.message = Message.objects.select_related("conversation").get(number=2)
        want(conversation=self.talk, what=EXPORT, by=self.ben)

    def shown(self, word: str) -> set[str]:
        """The names of the surfaces that show `word` to anybody but Ben."""
        return {name for name, text in self.answers().items() if word in text}

    def answers(self) -> dict[str, str]:
        found = {}
        for who in (None, self.cleo, self.eve, self.ana):
            name = "visitor" if who is None else {self.cleo.pk: "cleo", self.eve.pk: "eve"}.get(who.pk, "ana")
            found |= {f"{name}: {what}": text for what, text in self._pages(who).items()}
            if who is not None:
                found |= {f"{name}: API {what}": text for what, text in self._programs(who).items()}
        found["visitor: first page"] = " ".join(one.words for one in listed_pieces(9))
        frames, _now = sockets.read(self.ana.ref, self.talk.ref, 0)
        found["ana: live line"] = json.dumps(frames)
        again, _now = sockets.read(self.ben.ref, self.talk.ref, 0)  # one read serves everybody there
        found["ana: live line, read for both"] = json.dumps(again)
        return found

    def _pages(self, who: Person | None) -> dict[str, str]:
        client = Client() if who is None else signed_in(Client(), who)
        addresses = ["/", "/stories/", f"/stories/{self.piece.ref}/"]
        if who is not None:
            addresses += ["/today/", "/introductions/", "/talk/", "/safety/", "/safety/my-data/file/"]
            addresses += [f"/introductions/{self.card.ref}/", f"/safety/report/introduction/{self.card.ref}/"]
            addresses += [f"/safety/report/piece/{self.piece.ref}/", "/talk/kept/"]
            talk = f"/talk/{self.talk.ref}/"
            addresses += [talk, f"{talk}picture/", f"{talk}export/?as=json", f"{talk}export/?as=text"]
            addresses += [f"/safety/report/{self.talk.ref}/", f"{talk}beside/", f"{talk}offers/"]
            addresses += [f"{talk}been-there/?number=2"]
        found = {address: self._text(client.get(address)) for address in addresses}
        if who is not None:
            for word in (CANARY, NOTED):
                answer = client.post("/talk/search/", {"words": word})
                found["search"] = found.get("search", "") + self._text(answer).replace(f'value="{word}"', "")
        return {
            what.replace(self.piece.ref, "PIECE")
            .replace(self.talk.ref, "TALK")
            .replace(self.card.ref, "CARD"): text
            for what, text in found.items()
        }

    def _programs(self, who: Person) -> dict[str, str]:
        _, token = make_access_token(label="mine", by=who)
        head = {"Authorization": f"Bearer {token}"}
        talk = f"/conversations/{self.talk.ref}"
        paths = [
            "/pieces/",
            f"/pieces/{self.piece.ref}",
            "/introductions/",
            f"/introductions/{self.card.ref}",
        ]
        paths += [
            f"{talk}/messages",
            f"{talk}/newest",
            f"{talk}/export",
            f"{talk}/picture",
            f"{talk}/reportable",
        ]
        paths += ["/conversations/", "/me/data", "/reports/"]
        client, found = Client(), {}
        for path in paths:
            found[path] = self._text(client.get(f"/api/v1{path}", headers=head))
        for word in (CANARY, NOTED):
            given = {"data": json.dumps({"words": word}), "content_type": "application/json"}
            answer = client.post("/api/v1/conversations/search", headers=head, **given)
            found["search"] = found.get("search", "") + self._text(answer)
        return {
            what.replace(self.piece.ref, "PIECE")
            .replace(self.talk.ref, "TALK")
            .replace(self.card.ref, "CARD"): text
            for what, text in found.items()
        }

    @staticmethod
    def _text(answer) -> str:
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return content.decode() if answer.status_code == 200 else ""
