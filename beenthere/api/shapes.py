"""What goes over the wire: plain shapes, in the words of the pages."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from ninja.params.functions import Path, Query
from pydantic import Field

from beenthere.foundation.refs import ALPHABET, LENGTH

REF = rf"^[{ALPHABET}]{{{LENGTH}}}$"
Ref = Annotated[str, Path(pattern=REF, description="A ref, as another answer gave it.")]
Number = Annotated[int, Path(ge=1, le=2**53, description="A message's place in its conversation.")]
After = Annotated[int, Query(ge=0, le=2**53, description="The cursor: what you have read up to.")]
Before = Annotated[int, Query(ge=1, le=2**53, description="Only messages below this number.")]
Most = Annotated[int, Query(ge=1, le=200)]
Skip = Annotated[int, Query(ge=0, le=10_000)]
Words = Annotated[str, Field(max_length=20_000, description="Words of one's own.")]
Kind = Literal["words", "breather", "been_there"]
Covered = Literal["", "method", "urging"]
Audience = Literal["me", "introduced", "members", "anyone"]


class Fault(Schema):
    """What was wrong, in a sentence. Nothing was changed.

    `covered`: its writer is asked first; sent again with `covered_ok` it goes, and the other meets it behind
    a cover (`method`: ways of harming oneself, `urging`: it pushes somebody to it).

    `outside`: it leads outside, and that door is not open; which kinds of ways were heard in it. `piece`: the
    piece that was written for the message is kept, and goes along when its ref is sent with the same mark."""

    detail: str
    outside: list[str] | None = None
    piece: str | None = None
    covered: str | None = None


class Done(Schema):
    """It is so now."""

    done: bool = True


class Named(Schema):
    """An experience: an id of the vocabulary when `known`, else one's own words; `stand` is how it is now."""

    experience: Annotated[str, Field(max_length=200)]
    known: bool = True
    stand: Annotated[str, Field(max_length=200)] | None = None


class PieceToWrite(Schema):
    """`experiences` left out: what the words are understood to say. An empty list: nothing is named."""

    words: Words
    experiences: Annotated[list[Named], Field(max_length=50)] | None = None
    language: Annotated[str, Field(max_length=40)] = ""
    audience: Audience = "me"
    listed: bool = False
    quotable: bool = False


class Piece(Schema):
    """A piece. `mine` says whether you wrote it; what only its author may know is null in others': also when
    it was written, for two of the same moment would be known as one person's. `covered`: show first what it
    is about; `held`: others do not see it before a steward has looked (null in others')."""

    ref: str
    mine: bool
    words: str
    experiences: list[Named]
    language: str
    made_at: datetime | None
    changed_at: datetime | None
    audience: Audience | None
    listed: bool | None
    quotable: bool | None
    covered: Covered
    held: bool | None


class Talk(Schema):
    """A conversation in your list. `name` is the other's in this pair, null once it has ended."""

    ref: str
    name: str | None
    is_open: bool
    waits: bool
    paused: bool
    made_at: datetime
    last_at: datetime | None


class MessageToSend(Schema):
    """`mark` is your own mark of up to 36 characters: sent twice with the same mark is kept once.

    `note` says beforehand what is in it, in up to 80 characters. "I've been there" (`been_there`) may carry a
    piece of your own: the ref `piece`, or what is `written` now, which nobody else reads but who is here.
    `covered_ok`: you were asked (409), and the other may meet it behind a cover."""

    mark: Annotated[str, Field(min_length=1, max_length=100)]
    words: Words
    kind: Kind = "words"
    note: Annotated[str, Field(max_length=1000)] = ""
    piece: Annotated[str, Field(max_length=100)] = ""
    written: Words = ""
    covered_ok: bool = False


class Kept(Schema):
    """It is on the disk, at this place of the conversation. `repeat`: it was kept before."""

    ref: str
    number: int
    at: datetime
    repeat: bool


class Message(Schema):
    """`by` is the ref of somebody's membership here, and means nothing elsewhere. `note` says what is in it;
    `muted`: it holds a word that you would rather be warned of. `piece`: the words of the piece it carries,
    "" when that was taken back. `covered`: it stands behind a cover, and is opened or not (`method`,
    `urging`, "" for none): show that line first."""

    number: int
    by: str
    mine: bool
    words: str | None
    at: datetime
    withdrawn: bool
    kind: Kind
    note: str
    piece: str | None
    muted: bool
    covered: Covered


class Changes(Schema):
    """What happened since a cursor, and the new cursor."""

    messages: list[Message]
    now: int


class Newest(Changes):
    """The newest messages, in order; whether there are `older` ones; and the cursor to read on from."""

    older: bool
