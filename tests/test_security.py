"""What no single module can promise: nothing runs what a file holds, and secrets stay secret."""

from __future__ import annotations

import ast
import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ringkas.errors import RingkasError

ROOT = Path(__file__).resolve().parent.parent
OURS = [
    ROOT / "ui.py",
    *(
        path
        for room in ("ringkas", "retrieval", "summarizer", "evaluation", "training")
        for path in sorted((ROOT / room).rglob("*.py"))
    ),
]
# Modules that can run what they read, and calls that do.
RUNNING_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
RUNNING_CALLS = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "os.system",
    "os.popen",
    "yaml.load",
    "yaml.unsafe_load",
    "yaml.full_load",
    "pandas.read_pickle",
}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def keyword(call: ast.Call, name: str) -> object:
    found = next((each.value for each in call.keywords if each.arg == name), None)
    return found.value if isinstance(found, ast.Constant) else found


def dangers(source: str) -> list[str]:
    """Return what in a module could run code that a file or a stranger holds."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [f"imports {name}" for name in names if name.split(".")[0] in RUNNING_MODULES]
    for name, call in calls(tree):
        if name in RUNNING_CALLS:
            found.append(f"calls {name}")
        if name == "torch.load" and keyword(call, "weights_only") is not True:
            found.append("calls torch.load without weights_only=True")
        if name in {"np.load", "numpy.load"} and keyword(call, "allow_pickle") is not False:
            found.append("calls numpy.load without allow_pickle=False")
        if keyword(call, "trust_remote_code") not in (None, False):
            found.append("trusts the code of a model on the Hub")
        if keyword(call, "shell") not in (None, False):
            found.append("gives a command to a shell")
        if keyword(call, "verify") is False:
            found.append("does not check a server's certificate")
    return found


def test_nothing_runs_what_a_file_holds() -> None:
    found = {
        str(path.relative_to(ROOT)): wrong
        for path in OURS
        if (wrong := dangers(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from joblib import load",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "np.load(path)",
        "AutoModel.from_pretrained(name, trust_remote_code=True)",
        "subprocess.run(line, shell=True)",
        "httpx.get(url, verify=False)",
        "yaml.load(text)",
        "eval(text)",
    ],
)
def test_the_scan_sees_what_it_is_for(line: str) -> None:
    assert dangers(line)


def test_the_scan_lets_what_is_safe_pass() -> None:
    safe = "import json\ntorch.load(p, weights_only=True)\nnp.load(p, allow_pickle=False)\nm.eval()"
    assert dangers(safe) == []


def test_every_shipped_weight_has_its_checksum_beside_it() -> None:
    weights = [
        path
        for room in ("retrieval", "summarizer", "ringkas", "training")
        for path in (ROOT / room).rglob("*")
        if path.suffix in {".safetensors", ".bin", ".pt", ".npz", ".npy", ".pth"}
    ]
    assert weights
    for path in weights:
        assert path.suffix == ".safetensors", f"{path} is a format that may hold code"
        papers = [json.loads(file.read_text("utf-8")) for file in path.parent.glob("*.json")]
        [stated] = [paper["sha256"] for paper in papers if "sha256" in paper]
        assert stated == hashlib.sha256(path.read_bytes()).hexdigest(), path


SECRET = "sk-rahasia-1234567890"


def test_a_key_is_neither_logged_nor_in_an_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """A chat server that is away is the error that most easily shows how it was asked."""
    from ringkas.generation import get_generator
    from ringkas.generation.base import Message
    from ringkas.settings import GeneratorSettings, Settings

    monkeypatch.setenv("RINGKAS_API_KEY", SECRET)
    chat = GeneratorSettings(
        kind="openai", model="m", base_url="http://127.0.0.1:9/v1", timeout=2.0, retries=0
    )
    generator = get_generator(Settings(generator=chat))
    with caplog.at_level(logging.DEBUG), pytest.raises(RingkasError) as told:
        list(generator.stream([Message("user", "Halo")]))
    assert SECRET not in caplog.text
    assert SECRET not in str(told.value)
    assert SECRET not in repr(generator)
