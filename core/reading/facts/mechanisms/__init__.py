"""The named mechanisms of an article and what each of their parts stands for."""
