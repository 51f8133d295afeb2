"""Proof that nothing is lost: kills, machines, full disks, clocks and hostile input, against real files."""
