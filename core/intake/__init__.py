"""Files → sources → reading → desk or library, yielding progress; the only part that knows them all."""
