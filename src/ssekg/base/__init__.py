"""What everything else builds on: findings, languages, messages, errors, files."""
