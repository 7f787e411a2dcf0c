"""How it is now, where the words say so plainly."""

from bisect import bisect_left

from .clauses import LONGEST_CLAUSE, clause_start
from .matching import Match
from .phrases import Phrases
from .tokens import PAUSE
from .words import listed

Cue = tuple[int, int, str]

IN_IT, COMES_AND_GOES = "in it now", "it comes and goes"
FINDING, LIVING, BEHIND = "finding my way", "living with it", "behind me for now"
DATED = "dated"  # when it was: what took time lies behind then, of what happened once it only says when
SOBER = "sober"  # says so of drink and the like only

_CUES = Phrases(
    {
        IN_IT: """
still, right now, these days, at the moment,
currently, nowadays, lately, at present, as we speak, this week, this month, going through, in the
middle of, in the midst of, in the thick of, every single day, ahora, ahora mismo, todavia, aun,
sigo, seguimos, actualmente, hoy en dia, hoy por hoy, ultimamente, estos dias, en este momento, en
estos momentos, estoy pasando por, estoy atravesando, en pleno, en plena, cada dia, desde hace
""",
        COMES_AND_GOES: """
comes and goes, come and go, came and went, coming and going, on and off, off and on, on and off
again, good days and bad days, good days and bad, good and bad days, in waves, some days, from time
to time, now and then, now and again, every now and then, every so often, flares up, back and forth,
va y viene, van y vienen, viene y va, a temporadas, por temporadas, por rachas, a rachas, a ratos,
de vez en cuando, dias buenos y dias malos, dias buenos y malos, unos dias si, por epocas, en
oleadas, por oleadas
""",
        FINDING: """
finding my way, find my way, getting better, getting there, learning to live with, learning to live,
learning to cope, slowly recovering, starting to heal, day by day, one day at a time, day at a time,
slowly getting, working on it, on the mend, step by step, encontrando mi camino, buscando mi camino,
poco a poco, saliendo adelante, voy mejorando, aprendiendo a vivir, aprendiendo a convivir,
aprendiendo a llevar, un dia a la vez, dia a dia, paso a paso, voy saliendo
""",
        LIVING: """
learned to live with, learnt to live with, learned to live, learnt to live, living with, live with
it, live with this, made peace with, made my peace, made peace, come to terms with, came to terms
with, under control, learned to manage, learnt to manage, part of my life, part of who i am, aprendi
a vivir con, he aprendido a vivir con, aprendi a convivir, he aprendido a convivir, aprendido a
vivir, vivo con ello, vivo con eso, convivo con, hice las paces, lo llevo bien, la llevo bien, bajo
control, parte de mi vida, parte de mi
""",
        DATED: """
# years ago, # years back, # decades ago, years ago, decades ago, decades back, long time ago, long
ago, as a child, as a kid, as a boy, as a girl, as a teenager, as a teen, as a young man, as a young
woman, as a student, when i was, when we were, in my childhood, in my youth, in my teens, in my
twenties, in my thirties, in the past, in the nineties, in the eighties, growing up, back then, back
in, in another life, former, hace # anos, hace anos, hace mucho, hace mucho tiempo, hace decadas, hace
tiempo, de nina, de nino, de pequena, de pequeno, de chica, de chico, de joven, de adolescente, de
jovencita, cuando era, cuando tenia, en mi infancia, en mi juventud, en mi adolescencia, en el pasado,
en su dia, en aquella epoca, en aquel entonces, en mis tiempos, hubo una epoca, hubo un tiempo, hubo
anos en que
""",
        SOBER: """
in recovery, # years sober, # years clean, # months sober, # months clean, # days sober, # days clean,
years sober, years clean, months sober, months clean, sober for, sober since, clean for, clean since,
sober, got clean, got sober, stayed clean, off the drink, off the booze, off them, off the bottle,
lime and soda, sobria, sobrio, # anos sobria, # anos sobrio, # anos limpio, # anos limpia, # meses
limpio, # meses limpia, # anos sin, # meses sin, anos sin, no volvi a tomar, no volvi a beber, no volvi
a consumir, no volvi a probar, ya no lo necesito, ya no las necesito
""",
        BEHIND: """
used to, in remission, recovered, fully recovered, no longer, got over, behind me, over it now, is over,
that's over, it's over now, all over now, not since, never again since, these days i'm fine, normal person
these days, got my own keys, have my own keys, have my own place now, paid it all off, last payment,
lifted years ago, hace # anos que no, hace anos que no, hace mucho que no, hace # meses que no, solia,
supere, he superado, lo supere, superado, ya no, quedo atras, atras quedo, en remision, me recupere,
recuperada, recuperado, sali de ahi, sali de eso, sali adelante, termine de pagar, ahora tengo mi, hoy me
alegro, hoy vivo tranquila, hoy vivo tranquilo, ya paso, eso quedo
""",
    }
)

_GOES_ON = listed(
    "it this that they now i got so ahora va van ya hoy eso lo still todavia aun poco but pero y and all"
)
_NEVER = listed("never not nunca jamas no")
_STILL_HERE = listed("here alive standing sober clean aqui vivo viva")


def told_by(cues: list[Cue], match: Match, *, event: bool, sobering: bool) -> list[Cue]:
    """What the cues say of this match: a date says of an `event` only when it was, and being sober says
    nothing of what is not drink or the like. A cue inside a saying that denies something is part of it."""
    kept = []
    for first, last, stand in cues:
        if stand == DATED:
            if event:
                continue
            stand = BEHIND
        elif stand == SOBER:
            if not sobering:
                continue
            stand = BEHIND
        elif stand == BEHIND and last in match.at and first not in match.at:
            continue
        kept.append((first, last, stand))
    return kept


def stand_of(words: list[str], match: Match, others: list[Match], cues: list[Cue]) -> str | None:
    """The stand that a cue of its own clause, or else the only cue near it, tells; None when unclear."""
    if not cues:
        return None
    near = match.start - LONGEST_CLAUSE, match.start + LONGEST_CLAUSE
    cues = cues[bisect_left(cues, (near[0],)) : bisect_left(cues, (near[1],))]
    if not cues:
        return None
    begin, end = _clause(words, match)
    within = [cue for cue in cues if begin <= cue[0] < end or _inside(cue, match)]
    if not within:
        beside = [one for one in others if abs(one.start - match.start) <= 2 * LONGEST_CLAUSE]
        within = [cue for cue in cues if _nearest(cue, match, beside)]
    stands = {cue[2] for cue in within}
    if len(stands) == 1:
        return stands.pop()
    if len(stands) == 2 and IN_IT in stands:
        return (stands - {IN_IT}).pop() if COMES_AND_GOES in stands or LIVING in stands else None
    return None


def said_alone(words: list[str]) -> str | None:
    """The stand of a sentence that only goes on about the one before: "It comes and goes."."""
    if words[0] not in _GOES_ON:
        return None
    stands = {BEHIND if cue[2] in (DATED, SOBER) else cue[2] for cue in cues_in(words)}
    return stands.pop() if len(stands) == 1 else None


def cues_in(words: list[str]) -> list[Cue]:
    """(first word, last word, stand) of each cue of a sentence, in order."""
    kept = []
    for first, last, stand in _CUES.found(words):
        after = words[last + 1] if last + 1 < len(words) else ""
        if words[last] in ("still", "todavia", "aun", "sigo") and after in _STILL_HERE:
            continue
        if words[first] == "hace" and (after == "que" or (first and words[first - 1] == "desde")):
            continue  # "hace anos que no duermo", "desde hace anos" go on
        if first and words[first - 1] in _NEVER:
            continue  # "never got over"
        if kept and first <= kept[-1][1]:
            continue
        kept.append((first, last, stand))
    return kept


def _clause(words: list[str], match: Match) -> tuple[int, int]:
    begin = clause_start(words, match.start, match.language)
    end = match.end + 1
    while (
        end < min(len(words), match.end + LONGEST_CLAUSE)
        and words[end] != PAUSE
        and clause_start(words, end + 1, match.language) <= match.start
    ):
        end += 1
    return begin, end


def _inside(cue: Cue, match: Match) -> bool:
    return match.start <= cue[0] <= match.end


def _nearest(cue: Cue, match: Match, others: list[Match]) -> bool:
    def away(one: Match) -> int:
        return min(abs(cue[0] - one.end), abs(cue[0] - one.start))

    return away(match) == min(away(one) for one in others)
