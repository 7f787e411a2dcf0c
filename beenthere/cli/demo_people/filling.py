"""Bringing the fictional people into a demo, once. A fill that was broken off goes on where it was."""

from collections.abc import Callable
from datetime import datetime, timedelta

from beenthere.cli.demo_people import Fictional, Talk, fictional_people, talks
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.people.models import Person
from beenthere.web.demo_door import Roll, keep_roll, read_roll

LANGUAGES = ("en", "es")
CAME_WITHIN = 70  # days ago, the first of them
Progress = Callable[[int, int], None]


def fill(place_name: str, progress: Progress) -> None:
    """Afterwards everybody is here with their pieces, what they told, their talks and the introductions
    that the engine proposes among them; nothing changes where that was so before. `progress(done, total)`."""
    roll = read_roll()
    if roll.whole:
        return
    people = fictional_people()
    _tell_the_place(place_name)
    for number, one in enumerate(people):
        if one.key not in roll.done:
            _bring(one, number, roll)
        progress(number + 1, len(people) + 1)
    here = _people_of(roll)
    for talk in talks()[roll.talks :]:
        _let_talk(talk, here)
        roll.talks += 1
        keep_roll(roll)
    _propose()
    roll.whole = True
    keep_roll(roll)
    progress(len(people) + 1, len(people) + 1)


def _tell_the_place(name: str) -> None:
    from beenthere.foundation.place import OPEN, tell_place

    tell_place(name=name, joining=OPEN, languages=LANGUAGES, hours="18:00 to 22:00", by=SITE)


def _bring(one: Fictional, number: int, roll: Roll) -> None:
    """Afterwards this one is here whole. They came some weeks ago, each on another day, and wrote then."""
    from beenthere.matching.actions import tell
    from beenthere.people.actions import choose_capacity, pause, welcome_person

    with clock.stopped_at(_came_at(number)) as hands:
        person = _people_of(roll).get(one.key) if one.key in roll.people else None
        if person is None:
            prefers = {"language": one.language, "timezone": one.timezone}
            person = welcome_person(name=one.name, prefers=prefers, by=SITE)
            roll.people[one.key] = person.ref
            keep_roll(roll)
        _write_pieces(one, person, hands)
        choose_capacity(people=one.capacity, by=person)
        if one.paused:
            pause(by=person)
        tell(held=one.held, by=person)
        if one.steward:
            _name_steward(person)
    roll.done.append(one.key)
    keep_roll(roll)


def _write_pieces(one: Fictional, person: Person, hands: clock.Hands) -> None:
    """Those that are not there yet, a day or so between them."""
    from beenthere.stories.actions import write_piece
    from beenthere.stories.queries import pieces_of

    for piece in one.pieces[len(pieces_of(person)) :]:
        hands.move(27 * 3600)
        write_piece(
            words=piece.words,
            about=piece.about,
            audience=piece.audience,
            listed=piece.listed,
            quotable=piece.quotable,
            by=person,
        )


def _came_at(number: int) -> datetime:
    """Spread over some weeks, the same for each number, at different times of the day."""
    return clock.now() - timedelta(days=CAME_WITHIN - number * 37 % (CAME_WITHIN - 10), minutes=number * 97)


def _people_of(roll: Roll) -> dict[str, Person]:
    """Those on the roll who are here, by key."""
    from beenthere.people.queries import people_by_ref

    here = people_by_ref(roll.people.values())
    return {key: here[ref] for key, ref in roll.people.items() if ref in here}


def _let_talk(talk: Talk, here: dict[str, Person]) -> None:
    """Afterwards the two have met and written to each other what stands in `talk`, in days past. It goes
    the way of everybody's words; nobody is told by mail."""
    from beenthere.conversations.actions import Draft, open_conversation, send_messages

    first = talk.said[0]
    people = [(here[key], name) for key, name in talk.called.items()]
    with clock.stopped_at(_at(first.days, first.minute) - timedelta(hours=5)):
        conversation = open_conversation(people=people, by=SITE)
    last: dict[str, int] = {}
    for number, said in enumerate(talk.said):
        draft = Draft(
            by=here[said.by].ref, conversation=conversation.ref, mark=f"demo-{number}", words=said.words
        )
        with clock.stopped_at(_at(said.days, said.minute)):
            (kept,) = send_messages([draft])
        last[said.by] = kept.number
    for key, number in last.items():
        _has_read(here[key], conversation.ref, number)


def _has_read(person: Person, conversation_ref: str, number: int) -> None:
    """Whoever answered had read what stood before; what came after their last words waits for them."""
    from beenthere.conversations.access import get_conversation_for
    from beenthere.conversations.actions import mark_read

    row = get_conversation_for(person, conversation_ref)
    mark_read(conversation=row, number=number, by=person)


def _at(days: int, minute: int) -> datetime:
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days) + timedelta(minutes=minute)


def _propose() -> None:
    from beenthere.matching.actions import propose

    propose(by=SITE)


def _name_steward(person: Person) -> None:
    from beenthere.safety.actions import name_steward

    name_steward(person=person, by=SITE)
