"""Commands of ``python -m core``, a module each subject; ``core/__main__`` registers them."""
