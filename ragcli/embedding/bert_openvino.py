"""BERT's forward pass for a corpus: an OpenVINO graph built straight from the mapped weights.

Built from operations rather than exported by torch, so that neither the first use nor any later one imports torch.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragcli.embedding.bert_weights import Array, BertWeights
from ragcli.embedding.model_files import Pooling


def build_graph(weights: BertWeights, pooling: Pooling) -> Any:
    """Return an `openvino.Model`: x (batch, length, hidden) and mask (batch, length), both float32 -> unit rows (batch, hidden).

    `x` is the sum of the word, position and type embeddings: looked up outside (see `look_up`), so that the word table, four
    fifths of a multilingual model, is neither copied nor compiled. Mask is 1 on tokens and 0 on padding.
    """
    import openvino as ov
    from openvino import opset13 as op

    def constant(array: Array) -> Any:
        return op.constant(np.ascontiguousarray(array, dtype=np.float32))

    def linear(x: Any, weight: tuple[Array, Array]) -> Any:
        return op.add(op.matmul(x, constant(weight[0]), False, True), constant(weight[1]))

    def layer_norm(x: Any, weight: tuple[Array, Array]) -> Any:
        normal = op.mvn(x, op.constant(np.array([-1], np.int64)), True, weights.epsilon, "inside_sqrt")
        return op.add(op.multiply(normal, constant(weight[0])), constant(weight[1]))

    hidden = weights.words.shape[1]
    split = op.constant(np.array([0, 0, weights.heads, hidden // weights.heads], np.int64))
    merge = op.constant(np.array([0, 0, hidden], np.int64))
    swap = op.constant(np.array([0, 2, 1, 3], np.int64))
    axis_0, axis_1 = op.constant(np.int64(0)), op.constant(np.int64(1))

    embedded = op.parameter([-1, -1, hidden], np.float32, name="x")
    mask = op.parameter([-1, -1], np.float32, name="mask")
    x = layer_norm(embedded, weights.norm)
    far = op.multiply(op.subtract(mask, op.constant(np.float32(1))), op.constant(np.float32(1e9)))
    far = op.unsqueeze(op.unsqueeze(far, axis_1), axis_1)  # (batch, 1, 1, length): 0 on tokens, -1e9 on padding
    for layer in weights.layers:
        query, key, value = (
            op.transpose(op.reshape(linear(x, w), split, True), swap) for w in (layer.query, layer.key, layer.value)
        )
        attention = op.scaled_dot_product_attention(query, key, value, far)
        merged = op.reshape(op.transpose(attention, swap), merge, True)
        x = layer_norm(op.add(x, linear(merged, layer.attention_out)), layer.attention_norm)
        up = op.gelu(linear(x, layer.up), "erf")
        x = layer_norm(op.add(x, linear(up, layer.down)), layer.out_norm)
    if pooling == "mean":
        weight = op.unsqueeze(mask, op.constant(np.int64(-1)))
        pooled = op.divide(op.reduce_sum(op.multiply(x, weight), axis_1), op.reduce_sum(weight, axis_1))
    else:
        pooled = op.gather(x, axis_0, axis_1)
    unit = op.normalize_l2(pooled, op.constant(np.array([1], np.int64)), 1e-12, "max")
    return ov.Model([unit], [embedded, mask], "bert")


def look_up(weights: BertWeights, ids: NDArray[np.int32]) -> NDArray[np.float32]:
    """The input of the graph for padded ids (batch, length): shape (batch, length, hidden)."""
    x: NDArray[np.float32] = weights.words[ids].astype(np.float32)
    x += weights.positions[: ids.shape[1]] + weights.token_type
    return x
