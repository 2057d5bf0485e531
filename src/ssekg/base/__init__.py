"""What everything else stands on: findings, languages, messages, errors, files."""
