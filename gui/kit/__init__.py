"""What views are made of: tables, pages, rows, dialogs, widgets."""
