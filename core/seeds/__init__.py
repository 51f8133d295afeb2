"""The default library's seeds: one TOML file a case; the form stands in ``seeds/README.md``."""

from core.seeds.files import SeedError, read_printed_seed, read_seed, read_seeds

__all__ = ["SeedError", "read_printed_seed", "read_seed", "read_seeds"]
