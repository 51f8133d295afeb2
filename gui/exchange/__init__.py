"""Work handed out, handed back and merged by files, in the window."""
