"""A setting nobody is told of."""


class Place:
    whisper: bool = True
