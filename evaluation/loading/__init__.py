"""Many people on the page at once: a crowd of simulated readers, and what they met with."""
