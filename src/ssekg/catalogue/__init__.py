"""What a catalogue says of the graph and of the files of a release."""
