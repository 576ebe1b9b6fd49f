"""Int8 weights for CTranslate2 that multiply without overflow on every processor.

On x86 processors with AVX2 but no VNNI, oneDNN, which CTranslate2 takes on AMD's, adds two products
of an unsigned and a signed byte in 16 bits and cuts off what does not fit. With weights of at most
63 nothing is cut off: 2 * 255 * 63 < 2 ** 15. Intel MKL does not cut off either, but was measured
at a third of the speed there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

_MOST = 63
_USUAL = 127  # what CTranslate2 gives the largest weight of a row


def narrow(spec: Any) -> None:
    """Bring the weights of all linear layers of a quantized model within 7 bits.

    A layer that shares its weights with an embedding names them; then that is where they are.
    """
    from ctranslate2.specs import common_spec, model_spec

    found: dict[int, Any] = {}

    def visit(layer: Any, name: str, value: Any) -> None:
        if isinstance(layer, common_spec.LinearSpec) and name.endswith("/weight"):
            if isinstance(value, str):
                layer = model_spec.index_spec(spec, value.rpartition("/")[0])
            found[id(layer)] = layer

    model_spec.visit_spec(spec, visit)
    for layer in found.values():
        weight, scale = layer.weight.numpy(), layer.weight_scale.numpy()
        share = np.float32(_MOST / _USUAL)
        layer.weight = model_spec.NumpyVariable(np.rint(weight * share).astype(np.int8))
        layer.weight_scale = model_spec.NumpyVariable(scale * share)
