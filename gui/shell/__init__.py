"""What every area of the window stands on: jobs, the open library, settings, runs and faults."""
