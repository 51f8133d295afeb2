"""The facts of an article: place, themes, kind, mechanisms, figures with indicator, period and subject."""
