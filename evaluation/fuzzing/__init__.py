"""Odd and hostile input for everything that reads what others wrote.

``targets`` are the readers and what must hold of them, ``seeds`` and ``inputs`` make what is fed
to them, ``hunting`` feeds it for a stated time. What was once found stands in ``tests/data/fuzz``
and is read again by every test run.
"""
