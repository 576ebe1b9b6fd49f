"""Telling that memory ran out, in the words of Python and of torch, without importing torch."""

from __future__ import annotations

_TORCH = "OutOfMemoryError"
_ON_CPU = ("can't allocate memory", "not enough memory", "failed to allocate", "bad allocation")


def ran_out(error: object) -> bool:
    """Return whether ``error`` says that there was too little memory, on the CPU or a GPU.

    Looks at its causes too: our own errors are raised from the libraries'.
    """
    while isinstance(error, BaseException):
        if isinstance(error, MemoryError) or type(error).__name__ == _TORCH:
            return True
        if isinstance(error, RuntimeError) and any(s in str(error).lower() for s in _ON_CPU):
            return True
        error = error.__cause__
    return False
