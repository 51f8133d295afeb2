"""What goes out of a library: whole cases as JSON, tables as CSV."""

from core.writing.case_json import case_as_json
from core.writing.case_table import write_case_table, write_figure_table

__all__ = ["case_as_json", "write_case_table", "write_figure_table"]
