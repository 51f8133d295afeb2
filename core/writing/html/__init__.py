"""HTML: a document as one file that reads in any browser, and prints well."""
