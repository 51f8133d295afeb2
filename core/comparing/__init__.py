"""Two to eight cases or places side by side: what is shared, figures in one unit, and whether they may be compared."""
