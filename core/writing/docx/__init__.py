"""Word: a compilation of cases or a list of figures as .docx, in the look of an official document."""
