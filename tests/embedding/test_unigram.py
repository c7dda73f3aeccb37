"""The mapped vocabulary gives exactly the tokens of the tokenizers library."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.embedding.bert import BertEmbedder
from ragcli.embedding.model_files import read_model_files
from ragcli.embedding.models import MULTILINGUAL, find_model
from ragcli.embedding.tokenizer import ModelTokenizer
from ragcli.embedding.unigram import UnigramVocabulary


class Pair:
    """Both tokenizers of the one model, loaded once."""

    def __init__(self, home: Path) -> None:
        files = find_model(MULTILINGUAL, home)
        self.mapped, self.full = UnigramVocabulary(files.vocabulary), ModelTokenizer(files)


@pytest.fixture(scope="module")
def pair(model_home: Path) -> Pair:
    return Pair(model_home)


@pytest.mark.parametrize(
    "text",
    ["", " ", "Où est l’hôpital ?", "ﬁn ½ ① x²", "漢字とかな", "สวัสดีครับ", "a \t b\nc ", "😀😀 ok", "\u200bz", "ℵ∂ϵ"],
)
def test_tokens_are_equal(pair: Pair, text: str) -> None:
    assert pair.mapped.ids(text) == pair.full.ids([text])[0]


def test_any_text_has_equal_tokens(pair: Pair) -> None:
    @given(st.text(st.characters(exclude_categories=("Cs", "Co", "Cn")), max_size=40))
    def equal(text: str) -> None:
        ids = pair.mapped.ids(text)
        assert ids is None or ids == pair.full.ids([text])[0]

    equal()


def test_a_character_that_is_younger_than_the_model_is_left_to_the_full_tokenizer(pair: Pair) -> None:
    for text in ("\u32ff", "\ua7f2", "\U00010781", "\U0001fbf0"):
        assert pair.mapped.ids(text) is None
    assert pair.mapped.ids("é ﬁ ½ ™ 漢") is not None


def test_a_special_token_in_a_question_is_left_to_the_full_tokenizer(pair: Pair) -> None:
    assert pair.mapped.ids("what does </s> mean") is None


@pytest.mark.parametrize("share", [0, 0.00001, 0.5, 0.999])
def test_a_vocabulary_that_is_cut_short_is_left_to_the_full_tokenizer(
    model_home: Path, tmp_path: Path, share: float
) -> None:
    files = find_model(MULTILINGUAL, model_home)
    for file in files.folder.iterdir():
        (tmp_path / file.name).symlink_to(file)
    content = files.vocabulary.read_bytes()
    (tmp_path / files.vocabulary.name).unlink()
    (tmp_path / files.vocabulary.name).write_bytes(content[: int(share * len(content))])
    cut, whole = (BertEmbedder(read_model_files(folder, "e5")) for folder in (tmp_path, files.folder))
    assert np.array_equal(cut.embed_question("Où est la digue ?"), whole.embed_question("Où est la digue ?"))
