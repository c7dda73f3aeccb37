"""BERT's forward pass for many texts: an OpenVINO graph built straight from the mapped weights.

Built from operations rather than exported by torch, so that neither the first use nor any later one imports torch.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragcli.embedding.bert_weights import Array, BertWeights, Head
from ragcli.embedding.model_files import Pooling


def build_graph(weights: BertWeights, pooling: Pooling) -> Any:
    """Return an `openvino.Model`: x (batch, length, hidden), mask (batch, length) -> unit rows (batch, hidden), states like x.

    All are float32; the states are those of the last layer, which the rows are pooled from.

    `x` is the sum of the word, position and type embeddings: looked up outside (see `look_up`), so that the word table, four
    fifths of a multilingual model, is neither copied nor compiled. Mask is 1 on tokens and 0 on padding.
    """
    import openvino as ov
    from openvino import opset13 as op

    embedded, mask, x = _encoder(weights)
    axis_0, axis_1 = op.constant(np.int64(0)), op.constant(np.int64(1))
    if pooling == "mean":
        weight = op.unsqueeze(mask, op.constant(np.int64(-1)))
        pooled = op.divide(op.reduce_sum(op.multiply(x, weight), axis_1), op.reduce_sum(weight, axis_1))
    else:
        pooled = op.gather(x, axis_0, axis_1)
    unit = op.normalize_l2(pooled, op.constant(np.array([1], np.int64)), 1e-12, "max")
    return ov.Model([unit, x], [embedded, mask], "bert")


def build_scorer(weights: BertWeights, head: Head) -> Any:
    """Return an `openvino.Model` with the inputs of `build_graph` -> one number each (batch, 1), no activation applied."""
    import openvino as ov
    from openvino import opset13 as op

    embedded, mask, x = _encoder(weights)
    first = op.gather(x, op.constant(np.int64(0)), op.constant(np.int64(1)))
    score = _linear(op.tanh(_linear(first, head.dense)), head.out)
    return ov.Model([score], [embedded, mask], "cross-encoder")


def compile_for_cpu(graph: Any, *, exactly: bool = False) -> Any:
    """Compile a graph for the physical cores.

    Args:
        exactly: in float32. Else in bf16 where the processor multiplies it (AVX512-BF16, AMX): 1.7 times as fast, and
            vectors keep a cosine of 0.9999 and more.
    """
    import openvino as ov
    import psutil

    core = ov.Core()
    native_bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    hints = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_NUM_THREADS": psutil.cpu_count(logical=False) or 1,
        "ENABLE_CPU_PINNING": False,  # pinned threads wait for cores that others use, while free ones idle
        "INFERENCE_PRECISION_HINT": "bf16" if native_bf16 and not exactly else "f32",
    }
    return core.compile_model(graph, "CPU", hints)


def look_up(
    weights: BertWeights, ids: NDArray[np.int32], segments: NDArray[np.int32] | None = None
) -> NDArray[np.float32]:
    """The input of the graph for padded ids (batch, length), all of the first segment unless told: (batch, length, hidden)."""
    x: NDArray[np.float32] = weights.words[ids].astype(np.float32)
    x += weights.positions[: ids.shape[1]] + weights.types[0 if segments is None else segments]
    return x


def _encoder(weights: BertWeights) -> tuple[Any, Any, Any]:
    """The inputs x and mask, and the last layer's output (batch, length, hidden)."""
    from openvino import opset13 as op

    def layer_norm(x: Any, weight: tuple[Array, Array]) -> Any:
        normal = op.mvn(x, op.constant(np.array([-1], np.int64)), True, weights.epsilon, "inside_sqrt")
        return op.add(op.multiply(normal, _constant(weight[0])), _constant(weight[1]))

    hidden = weights.words.shape[1]
    split = op.constant(np.array([0, 0, weights.heads, hidden // weights.heads], np.int64))
    merge = op.constant(np.array([0, 0, hidden], np.int64))
    swap = op.constant(np.array([0, 2, 1, 3], np.int64))
    axis_1 = op.constant(np.int64(1))

    embedded = op.parameter([-1, -1, hidden], np.float32, name="x")
    mask = op.parameter([-1, -1], np.float32, name="mask")
    x = layer_norm(embedded, weights.norm)
    far = op.multiply(op.subtract(mask, op.constant(np.float32(1))), op.constant(np.float32(1e9)))
    far = op.unsqueeze(op.unsqueeze(far, axis_1), axis_1)  # (batch, 1, 1, length): 0 on tokens, -1e9 on padding
    for layer in weights.layers:
        query, key, value = (
            op.transpose(op.reshape(_linear(x, w), split, True), swap) for w in (layer.query, layer.key, layer.value)
        )
        attention = op.scaled_dot_product_attention(query, key, value, far)
        merged = op.reshape(op.transpose(attention, swap), merge, True)
        x = layer_norm(op.add(x, _linear(merged, layer.attention_out)), layer.attention_norm)
        up = op.gelu(_linear(x, layer.up), "erf")
        x = layer_norm(op.add(x, _linear(up, layer.down)), layer.out_norm)
    return embedded, mask, x


def _linear(x: Any, weight: tuple[Array, Array]) -> Any:
    from openvino import opset13 as op

    return op.add(op.matmul(x, _constant(weight[0]), False, True), _constant(weight[1]))


def _constant(array: Array) -> Any:
    from openvino import opset13 as op

    return op.constant(np.ascontiguousarray(array, dtype=np.float32))
