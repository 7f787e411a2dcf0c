"""Spreadsheets of people in, tables of pairs out."""

from .faults import Fault
from .pairs import read_pairs
from .reading import Row, Sheet, read_sheet
from .template import template
from .writing import write_table

__all__ = ["Fault", "Row", "Sheet", "read_pairs", "read_sheet", "template", "write_table"]
