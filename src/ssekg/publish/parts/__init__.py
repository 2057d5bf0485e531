"""The parts of a release, one module each."""
