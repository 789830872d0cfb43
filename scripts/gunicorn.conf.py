"""Gunicorn for `make run`: sync workers, since threads on SQLite wait for each other."""

import os

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
worker_class = "sync"
timeout = 60  # a long PDF takes some seconds; the rest is margin for a slow machine
preload_app = True  # a site that cannot start says so at once, and not as workers that die again and again
loglevel = "warning"


def when_ready(server):
    print(f"\nHelhedsplan kører på http://127.0.0.1:{os.environ['PORT']}  (stop med Ctrl-C)", flush=True)
