"""What a person who puts cases right is offered, and which decisions what was typed needs; no window, no SQL."""
