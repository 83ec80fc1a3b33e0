"""The threat model and the legal gate: each line of docs/security.md has its test here or is named where it is."""
