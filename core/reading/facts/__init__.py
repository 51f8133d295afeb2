"""What an article tells: place, themes, kind, mechanisms, figures with indicator, period and subject."""
