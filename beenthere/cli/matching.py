"""What `beenthere match` does, step by step: read, refuse with every fault, pair, write, tell."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from django.utils.translation import activate

from beenthere.cli.folders import refuse_folder, write_files
from beenthere.cli.place import open_place
from beenthere.cli.progress import shown_progress
from beenthere.cli.saying import Stop
from beenthere.foundation.sentences import Sentence, sentence

LANGUAGES = ("en", "es")
BAD_INPUT, STOPPED = 2, 130


class Refused(Exception):
    """The command goes no further and has written nothing; `sentences` say why and what would be right."""

    def __init__(self, *sentences: Sentence) -> None:
        super().__init__(*map(str, sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command, as typed."""

    people: Path | None
    out: Path | None
    template: Path | None
    renames: list[str] | None
    as_json: bool
    nearest: int
    rounds: int
    met: list[Path] | None
    keep: list[Path] | None
    why: tuple[str, str] | None
    mode: str
    seed: int
    floor: str
    on: str
    force: bool
    language: str


def run(asked: Asked) -> int:
    """Does what was asked; returns the exit code: 0, 2 for bad input (nothing is written), 130 stopped."""
    try:
        open_place()
    except Stop as stop:
        print(stop.said.said(), file=sys.stderr)
        return 1
    from beenthere.matching.queries.speaking import speaking

    language = asked.language or _language_of_the_place()
    translate = speaking(language if language in LANGUAGES else "en")
    activate(language if language in LANGUAGES else "en")
    try:
        if asked.language and asked.language not in LANGUAGES:
            raise Refused(sentence("There is no language {name} here. Write en or es.", name=asked.language))
        _do(asked, translate, language)
    except Refused as refused:
        if asked.as_json:
            print(
                json.dumps({"faults": [one.said(translate) for one in refused.sentences]}, ensure_ascii=False)
            )
        for one in refused.sentences:
            print(one.said(translate), file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print(sentence("Stopped. Nothing was written.").said(translate), file=sys.stderr)
        return STOPPED
    return 0


def _do(asked: Asked, translate: Callable, language: str) -> None:
    if asked.template is not None:
        return _write_template(asked.template, asked.force, translate)
    _refuse_wishes(asked)
    from beenthere.matching.queries.pairing import plan_people, prepare_people, read_people

    sheet = read_people(_bytes_of(asked.people), name=asked.people.name, renames=_renames(asked.renames))
    if sheet.faults:
        raise Refused(*_told_faults(asked.people.name, sheet.faults), _count(len(sheet.faults)))
    wishes = _wishes(asked)
    with shown_progress(translate) as progress:
        prepared = prepare_people(sheet.people, on=wishes.on, progress=progress)
        _refuse_kept(asked, prepared)
        plan = plan_people(prepared, wishes, progress=progress)
    notices = (*sheet.notices, *plan.notices)
    if asked.why:
        return _explain(asked, prepared, plan, translate)
    if asked.out is not None:
        write_files(asked.out, _files(asked, plan, sheet, translate, language))
    if asked.as_json:
        _print_json(plan, notices, translate)
    _summary(asked, plan, notices, translate)
    return None


def _language_of_the_place() -> str:
    from django.conf import settings

    return settings.PLACE.language


def _refuse_wishes(asked: Asked) -> None:
    """What can be refused before a file is opened."""
    if asked.people is None:
        raise Refused(
            sentence("Say which sheet: beenthere match PEOPLE --out DIR."),
            sentence("An example sheet to start from: beenthere match --template people.csv"),
        )
    if asked.mode == "reach":
        raise Refused(sentence("The mode reach is not built yet. Use --mode stable."))
    if asked.mode != "stable":
        raise Refused(sentence("There is no mode {mode}. Use --mode stable.", mode=asked.mode))
    if asked.out is None and not asked.as_json and not asked.why:
        raise Refused(sentence("Say where to write: --out DIR. Or --json to print the pairs."))
    if asked.out is not None and (refusal := refuse_folder(asked.out, force=asked.force)):
        raise Refused(refusal)


def _wishes(asked: Asked):
    from beenthere.matching.core.wishes import Wishes

    return Wishes(
        rounds=asked.rounds,
        floor=_floor(asked.floor),
        seed=asked.seed,
        nearest=asked.nearest,
        met=_pairs_of(asked.met),
        kept=_pairs_of(asked.keep),
        on=_day(asked.on),
    )


def _floor(text: str) -> str:
    try:
        floor = Fraction(text)
    except (ValueError, ZeroDivisionError):
        floor = None
    if floor is None or not 0 <= floor <= 1:
        raise Refused(
            sentence("--floor {text} is no fit. Write a number from 0 to 1, such as 0.15.", text=text)
        )
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(sentence("--on {text} is no date. Write it as 2025-01-06.", text=text)) from None


def _renames(given: Iterable[str] | None) -> dict[str, str]:
    renames = {}
    for one in given or ():
        theirs, equals, ours = one.rpartition("=")
        if not equals or not theirs.strip():
            raise Refused(sentence("--map {one} names no two columns. Write --map theirs=ours.", one=one))
        renames[theirs.strip()] = ours.strip()
    return renames


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(sentence("There is no file {path}.", path=str(path))) from None
    except OSError as error:
        raise Refused(sentence("{path} cannot be read: {why}.", path=str(path), why=error.strerror)) from None


def _pairs_of(paths: list[Path] | None) -> tuple[tuple[str, str], ...]:
    from beenthere.matching.core.sheet import read_pairs

    pairs, faults = [], []
    for path in paths or ():
        found, wrong = read_pairs(_bytes_of(path), name=path.name)
        pairs += found
        faults += _told_faults(path.name, wrong)
    if faults:
        raise Refused(*faults, _count(len(faults)))
    return tuple(pairs)


def _refuse_kept(asked: Asked, prepared) -> None:
    from beenthere.matching.core.keeping import kept_faults

    faults = kept_faults(prepared, _pairs_of(asked.keep))
    if faults:
        told = [
            sentence(
                "--keep, pair {a} and {b}: {why} {wants}", a=one.a, b=one.b, why=one.why, wants=one.wants
            )
            for one in faults
        ]
        raise Refused(*told, _count(len(told)))


def _told_faults(name: str, faults: Iterable) -> list[Sentence]:
    return [
        sentence(
            "{name}, line {line}, {column}: {why} {shown} Right would be: {wants}",
            name=name,
            line=one.line,
            column=sentence("column {column}", column=one.column)
            if one.column
            else sentence("the whole line"),
            why=one.why,
            shown=sentence("It says “{value}”.", value=one.value) if one.value else "",
            wants=one.wants,
        )
        for one in faults
    ]


def _count(faults: int) -> Sentence:
    return sentence("{count} to put right. Nothing was written.", count=faults)


def _write_template(path: Path, force: bool, translate: Callable) -> None:
    from beenthere.matching.core.sheet import template

    if path.exists() and not force:
        raise Refused(sentence("{path} is there already. Name another file, or add --force.", path=str(path)))
    try:
        path.write_bytes(template())
    except OSError as error:
        raise Refused(
            sentence("{path} cannot be written: {why}.", path=str(path), why=error.strerror)
        ) from None
    print(
        sentence("An example of every column is in {path}. Its people are fictional.", path=str(path)).said(
            translate
        )
    )


def _explain(asked: Asked, prepared, plan, translate: Callable) -> None:
    from beenthere.matching.core.why import why_not

    unknown = [ref for ref in asked.why if ref not in prepared.numbers]
    if unknown:
        raise Refused(*(sentence("{ref} is not in the sheet.", ref=ref) for ref in unknown))
    if asked.why[0] == asked.why[1]:
        raise Refused(sentence("Name two different people."))
    why = why_not(prepared, plan, *asked.why)
    if asked.as_json:
        failing = [one.said(translate) for one in why.failing]
        print(
            json.dumps({"failing": failing, "said": why.said.said(translate)}, ensure_ascii=False, indent=1)
        )
    else:
        print(why.said.said(translate))


def _files(asked: Asked, plan, sheet, translate: Callable, language: str) -> dict[str, bytes]:
    from beenthere.matching.queries import tables
    from beenthere.matching.queries.report import report

    files = {
        "pairs.csv": tables.pairs_table(plan, translate),
        "unmatched.csv": tables.unmatched_table(plan, translate),
        "report.html": report(plan, name=asked.people.name, notices=sheet.notices, language=language),
    }
    if asked.nearest:
        files["nearest.csv"] = tables.nearest_table(plan, translate)
    return files


def _print_json(plan, notices: tuple[Sentence, ...], translate: Callable) -> None:
    from beenthere.matching.queries import tables

    answer = {
        "pairs": tables.pair_rows(plan, translate),
        "unmatched": tables.unmatched_rows(plan, translate),
        "nearest": tables.nearest_rows(plan, translate),
        "notices": [one.said(translate) for one in notices],
    }
    print(json.dumps(answer, ensure_ascii=False, indent=1))


def _summary(asked: Asked, plan, notices: tuple[Sentence, ...], translate: Callable) -> None:
    """On the terminal; beside --json on standard error, so that what is printed stays JSON."""
    measures, stream = plan.measures, sys.stderr if asked.as_json else sys.stdout
    lines = [sentence("Notice: {notice}", notice=one) for one in notices] if not asked.as_json else []
    lines.append(
        sentence(
            "{people} people: {paired} have someone to meet, {alone} have nobody this time. Pairs: {pairs}.",
            people=measures.people,
            paired=measures.paired,
            alone=measures.people - measures.paired,
            pairs=measures.pairs,
        )
    )
    if measures.worst_off:
        worst = measures.worst_off
        lines.append(
            sentence(
                "Worst off: {kind} {name}, {met} of {people} have someone to meet.",
                kind=Sentence(worst.kind),
                name=Sentence(worst.name),
                met=worst.met,
                people=worst.people,
            )
        )
    if asked.out is not None:
        lines.append(sentence("Written to {folder}. Begin with report.html.", folder=str(asked.out)))
    for line in lines:
        print(line.said(translate), file=stream)
