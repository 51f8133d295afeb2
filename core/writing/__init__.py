"""What goes out: readings and whole cases as JSON, tables as CSV and Excel, documents as Word and HTML."""

from core.writing.case_json import case_as_json, write_cases_json
from core.writing.case_table import write_case_table, write_figure_table
from core.writing.reading_json import reading_as_json

__all__ = ["case_as_json", "reading_as_json", "write_case_table", "write_cases_json", "write_figure_table"]
