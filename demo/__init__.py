"""What `manage.py demo` makes up on top of the plans in fixtures/: people, statuses, a board with meetings."""
