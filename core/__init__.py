"""The core of Anlan: reads pages into a library of cases and figures; knows nothing of any window."""
