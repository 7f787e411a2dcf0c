"""Questions and changes that are needed many times a second: put into SQL once, then used with other values.

Django puts a query together anew each time, which takes several times as long as SQLite needs to answer it.
Here that is done once for each thread and each shape of the values, with a stand-in for every value; from
then on only the values change. What is asked and what comes back are the same as without.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections, models
from django.db.models.sql import InsertQuery, UpdateQuery

from .refs import RefField

Values = dict[str, Any]
Place = tuple[str, int | None]  # the name of a value, and which of a list
# Of one question in one thread. A list is filled up to a power of two by its last value, so they are few.
MOST_SHAPES = 64
_REF = RefField()


def as_ref(value: str) -> str:
    """The text as a ref is looked up: what can be none finds nothing."""
    return _REF.get_prep_value(value)


class _Kept:
    """Keeps for each thread what was put together, by the shape of the values."""

    def __init__(self, made: Callable) -> None:
        self._made = made
        self._here = threading.local()

    def _taken(self, values: Values) -> "_Statement | None":
        """The statement with these values in it; None where a list is empty."""
        shape = []
        for name, value in values.items():
            if isinstance(value, str | int | datetime):
                shape.append((name, type(value), 0))
                continue
            value = list(value)
            if not value:
                return None
            value += value[-1:] * ((1 << (len(value) - 1).bit_length()) - len(value))
            values[name] = value
            shape.append((name, type(value[0]), len(value)))
        kept = self._here.__dict__.setdefault("kept", {})
        statement = kept.get(key := tuple(shape))
        if statement is None or statement.connection is not connections[statement.alias]:
            if len(kept) >= MOST_SHAPES:
                kept.clear()
            statement = kept[key] = self._put_together(_stand_ins(shape))
        statement.take(values)
        return statement

    def _put_together(self, stand_ins: Values) -> "_Statement":
        raise NotImplementedError


class Question(_Kept):
    """`made(**values)` gives a query set; calling the question gives the list of what it finds. Values are
    whole numbers, texts, times, or lists of one of these; with an empty list nothing is found. Nothing looks
    at them any more: what came from outside as a ref goes through `as_ref` first."""

    def __call__(self, **values) -> list:
        statement = self._taken(values)
        return [] if statement is None else list(statement.found)

    def _put_together(self, stand_ins: Values) -> "_Statement":
        rows = self._made(**stand_ins)
        compiler = rows.query.get_compiler(using=rows.db)
        statement = _Statement(compiler, rows.db, stand_ins)
        statement.found = rows._iterable_class(rows)
        compiler.as_sql = lambda *given, **more: (statement.sql, statement.params)
        converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda expressions: converters
        rows.query.get_compiler = lambda *given, **more: compiler
        return statement


class Change(_Kept):
    """`made(**values)` gives a query set and what is to stand in its rows then; calling it does that and says
    in how many. For an action, inside `writing`."""

    def __call__(self, **values) -> int:
        statement = self._taken(values)
        if statement is None:
            return 0
        with statement.connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.params)
            return cursor.rowcount

    def _put_together(self, stand_ins: Values) -> "_Statement":
        rows, becomes = self._made(**stand_ins)
        rows._for_write = True
        query = rows.query.chain(UpdateQuery)
        query.add_update_values(becomes)
        return _Statement(query.get_compiler(using=rows.db), rows.db, stand_ins)


class Addition:
    """`addition(rows)` writes new rows of the model, without learning their keys. For an action, inside
    `writing`."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._here = threading.local()

    def __call__(self, rows: Sequence[models.Model]) -> None:
        connection = connections[self._model.objects.db_manager().db]
        fields = [field for field in self._model._meta.concrete_fields if not field.primary_key]
        kept = self._here.__dict__.setdefault("kept", {})
        if connection not in kept:
            query = InsertQuery(self._model)
            query.insert_values(fields, rows[:1])
            ((sql, _params),) = query.get_compiler(connection=connection).as_sql()
            kept.clear()
            kept[connection] = sql
        told = [
            [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
            for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(kept[connection], told)


class _Statement:
    """SQL for one connection, and where the values go."""

    def __init__(self, compiler, alias: str, stand_ins: Values) -> None:
        self.alias, self.connection = alias, compiler.connection
        self._adapt = self.connection.ops.adapt_datetimefield_value
        self.found: Any = None
        self.sql, params = compiler.as_sql()
        places = {self._plain(one): place for place, one in _each(stand_ins)}
        known = [places.get(one) if isinstance(one, str | int | datetime) else None for one in params]
        if set(known) - {None} != set(places.values()):
            raise RuntimeError("A value of the question does not stand in its SQL as it is.")
        self._params = list(zip(known, params, strict=True))
        self.params: tuple = ()

    def take(self, values: Values) -> None:
        plain = {place: self._plain(one) for place, one in _each(values)}
        self.params = tuple(one if place is None else plain[place] for place, one in self._params)

    def _plain(self, value):
        return self._adapt(value) if isinstance(value, datetime) else value


def _each(values: Values) -> Iterator[tuple[Place, Any]]:
    for name, value in values.items():
        if isinstance(value, list):
            for index, one in enumerate(value):
                yield (name, index), one
        else:
            yield (name, None), value


def _stand_ins(shape: list[tuple[str, type, int]]) -> Values:
    """Values of the same shape that stand nowhere else. Raises TypeError for a kind that cannot be told."""
    count = 0

    def one(kind: type):
        nonlocal count
        count += 1
        if kind is int:
            return (1 << 52) + count
        if kind is str:
            return f"stand-in-{count}"
        if kind is datetime:
            return datetime(9000, 1, 1, tzinfo=UTC) + timedelta(seconds=count)
        raise TypeError(f"A question takes no {kind.__name__}.")

    return {name: [one(kind) for _ in range(length)] if length else one(kind) for name, kind, length in shape}
