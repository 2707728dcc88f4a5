"""Compiled functions that only ever become part of others: neither finished nor optimised alone.

Numba optimises each function and makes machine code of it before it is put into its caller, where
both are done again, and again in the caller of that. Here a function is kept as it was written
down, and its last caller optimises the whole once: less than half of the time.

Numba also spells the types of all arguments in the name of a function: 47,000 letters for a market
with the fields of all its records. Here the name has a digest of them, which makes the machine code
on disk a megabyte instead of twenty.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable
from typing import Any, cast

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.funcdesc import default_mangler
from numba.core.typed_passes import NativeLowering

__all__ = ["CAN_KEEP_PARTS", "PartCompiler", "WholeCompiler"]

CAN_KEEP_PARTS = all(
    hasattr(JITCodeLibrary, name)
    for name in ("_optimize_final_module", "_finalize_final_module", "_finalize_dynamic_globals")
)
"""Whether this version of numba has the stages that are left out; else it compiles as it does."""


class PartLibrary(JITCodeLibrary):  # type: ignore[misc]
    """Code to be linked into that of a caller."""

    def _optimize_final_module(self) -> None:
        """Leave that to the caller."""

    def _finalize_final_module(self) -> None:
        """Make no machine code."""
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=False, analysis_only=False)
class KeepAsPart(LoweringPass):  # type: ignore[misc]
    """Tell numba where the code is that callers link."""

    _name = "relsim_keep_as_part"

    def __init__(self) -> None:
        LoweringPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        """Replace the callable of machine code, of which there is none."""
        # Numba looks the code up by it; it wants a built-in and never calls this one.
        key: Any = [].append
        state.targetctx.insert_user_function(key, state["cr"].fndesc, [state.library])
        state["cr"] = state["cr"]._replace(cfunc=key)
        return True


def _short_name(
    name: str, types: Iterable[Any], *, abi_tags: tuple[str, ...] = (), uid: int | None = None
) -> str:
    """Name a function in machine code, by a digest of the types of its arguments."""
    digest = hashlib.sha256(", ".join(map(str, types)).encode()).hexdigest()[:16]
    return cast(str, default_mangler(name, (), abi_tags=(*abi_tags, digest), uid=uid))


class WholeCompiler(Compiler):  # type: ignore[misc]
    """Numba's compiler for what Python calls."""

    def define_pipelines(self) -> Any:
        """Give it a short name before anything is compiled."""
        self.state.targetctx = self.state.targetctx.subtarget(mangler=_short_name)
        return super().define_pipelines()

    def compile_extra(self, func: Callable[..., Any]) -> Any:
        """Compile it with all its parts.

        Nobody looks for garbage meanwhile: among so many small objects, all of them in use, that is
        a tenth of the time.
        """
        collects = gc.isenabled()
        gc.disable()
        try:
            return super().compile_extra(func)
        finally:
            if collects:
                gc.enable()


class PartCompiler(Compiler):  # type: ignore[misc]
    """Numba's compiler without its last stage."""

    def define_pipelines(self) -> Any:
        """Compile up to what is linked."""
        state = self.state
        state.targetctx = state.targetctx.subtarget(mangler=_short_name)
        state.library = PartLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_cpython_wrapper = True
        state.flags.no_cfunc_wrapper = True
        state.flags.no_compile = True
        (passes,) = super().define_pipelines()
        passes.add_pass_after(KeepAsPart, NativeLowering)
        passes.finalize()
        return [passes]
