"""Prints what the frozen program is built from: the project's dependencies and its ``package`` extra, a line each."""

import sys
from pathlib import Path

import tomllib

project = tomllib.loads(Path(sys.argv[1]).read_text("utf-8"))["project"]
wanted = [*project["dependencies"], *project["optional-dependencies"]["package"]]
print("\n".join(line for line in wanted if "python_version" not in line))
