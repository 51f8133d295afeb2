"""What goes out: readings and whole cases as JSON, tables as CSV and Excel, documents as Word and HTML."""
