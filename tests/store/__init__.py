"""The record in the office's database: every test runs on SQLite and on PostgreSQL."""
