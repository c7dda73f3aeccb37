"""Cross-encoders small enough to be made in a test: random weights under a fixed seed, saved as their libraries save them."""

import json
from pathlib import Path
from typing import Any

from ragcli.embedding.models import ENGLISH, find_model

_TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json")
SHAPES = ("bert", "bert-logits", "xlm-roberta", "distilbert")


def make_cross_encoder(shape: str, folder: Path, home: Path, labels: int = 1) -> Path:
    """Save one of `SHAPES` below `folder`; weights are large enough that scores differ from text to text."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        DistilBertConfig,
        DistilBertForSequenceClassification,
        XLMRobertaConfig,
        XLMRobertaForSequenceClassification,
    )

    torch.manual_seed(7)
    sizes: dict[str, Any] = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
    }
    spread: dict[str, Any] = {"initializer_range": 0.3, "num_labels": labels}
    model: Any
    if shape == "distilbert":
        config = DistilBertConfig(dim=32, hidden_dim=64, n_layers=2, n_heads=4, **spread)
        model = DistilBertForSequenceClassification(config)
    elif shape == "xlm-roberta":
        # The padding is BERT's, whose tokenizer is at hand; XLM-RoBERTa has one kind of segment.
        places: dict[str, Any] = {
            "max_position_embeddings": 514,
            "vocab_size": 30522,
            "type_vocab_size": 1,
            "pad_token_id": 0,
        }
        model = XLMRobertaForSequenceClassification(XLMRobertaConfig(**sizes, **places, **spread))
    else:
        model = BertForSequenceClassification(BertConfig(**sizes, **spread))
    plain, made = folder / f"{shape}-plain", folder / f"tiny-{shape}"
    model.save_pretrained(plain)
    tokenizer = find_model(ENGLISH, home).folder
    for name in _TOKENIZER:
        (plain / name).write_bytes((tokenizer / name).read_bytes())
    if shape in ("xlm-roberta", "distilbert"):
        settings = json.loads((plain / "tokenizer_config.json").read_text())
        settings["model_input_names"] = ["input_ids", "attention_mask"]
        (plain / "tokenizer_config.json").write_text(json.dumps(settings))
    if shape == "bert-logits":  # as ms-marco-MiniLM and its kin are stored: no modules.json, logits asked for
        config = json.loads((plain / "config.json").read_text())
        config["sentence_transformers"] = {"activation_fn": "torch.nn.modules.linear.Identity", "version": "4.0.1"}
        (plain / "config.json").write_text(json.dumps(config))
        return plain.rename(made)
    CrossEncoder(str(plain), device="cpu", local_files_only=True).save_pretrained(str(made))
    return made
