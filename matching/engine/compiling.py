"""How the engine's loops are compiled: cached on disk, no reordering of floating-point sums, the interpreter's lock
released."""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])
OPTIONS: Final[dict[str, Any]] = {"cache": True, "nogil": True, "error_model": "numpy", "fastmath": False}
BARE: Final[dict[str, Any]] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def kernel(function: Function) -> Function:
    """Compile a loop that Python calls, at its first call."""
    return cast(Function, njit(**OPTIONS)(function))


def inner(function: Function) -> Function:
    """Compile a function that only compiled loops call: without the wrappers for Python, which cost more time than the
    function."""
    return cast(Function, njit(**OPTIONS, **BARE)(function))
