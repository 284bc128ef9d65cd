"""The soak: random legal commands from concurrent processes, while the bank misbehaves and everything is killed in turn.

`python -m tests.soak --seed 7` founds a court on servers of its own (PostgreSQL that keeps its promises to the disk, Valkey,
the simulated bank), lets several command workers, Celery and its beat work on it, kills each of them, and compares every
evening what the house believes with what the bank's own book says.

What each worker does, with which inputs, what the bank does to it, and what is killed when, follow from the seed
(``plan.py``). Which process is first at a lock does not: the same seed plays the same game, not the same shuffle of it.
"""
