"""Chat models that run here, with transformers: a local folder, or a name on the Hub."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Event, Lock, Thread
from typing import Any, NamedTuple

from ringkas.errors import ModelError, SettingsError
from ringkas.generation.base import Message, TextStream
from ringkas.generation.chat_batches import replies
from ringkas.generation.chat_selftest import check_tokens
from ringkas.settings import GeneratorSettings

# Some recurrent models (Mamba) state no limit; they were trained on texts of about this length.
_USUAL_WINDOW = 8192
# Recurrent models that read padding as text, as those without positions may do.
_HEED_PADDING = frozenset({"rwkv"})
# Of prompts and replies that are written together. The cache of a model of a billion parameters
# takes about 100 KB a token: at most a few GB.
_TOKENS_AT_ONCE = 16_384


class Loaded(NamedTuple):
    """A chat model in memory. ``lock`` lets one reply be written at a time."""

    tokenizer: Any
    model: Any
    lock: Lock


class TransformersChat:
    """A causal language model with a chat template, on the GPU where there is one.

    Raises:
        SettingsError: ``generator.model`` is empty.
        ModelError: the model cannot be loaded, has no chat template, or does not know its tokens.
    """

    def __init__(self, settings: GeneratorSettings, *, offline: bool = True) -> None:
        if not settings.model:
            raise SettingsError("generator.model is empty; expected a folder or a Hub name")
        self._settings = settings
        self._loaded = _load(settings.model, offline)

    def __repr__(self) -> str:
        return f"TransformersChat(model={self.name!r})"

    @property
    def name(self) -> str:
        """The model's folder or Hub name."""
        return self._settings.model

    @property
    def window(self) -> int:
        """The most tokens of prompt and reply; what its configuration says."""
        return self._room or _USUAL_WINDOW

    def tokens(self, text: str) -> int:
        """Return the number of tokens in ``text``."""
        return len(self._loaded.tokenizer(text, add_special_tokens=False)["input_ids"])

    def stream(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> TextStream:
        """Yield the reply piece by piece; closing the stream stops the model at its next token.

        Raises:
            ModelError: the messages do not fit into the model, or it fails while writing.
        """
        limit = max_tokens or self._settings.max_tokens
        inputs = encode(self._loaded.tokenizer, messages)
        self._check_room(int(inputs["input_ids"].shape[1]), limit)
        yield from _write(self._loaded, inputs, _choices(self._settings, limit))

    def write(
        self, prompts: Sequence[Sequence[Message]], *, max_tokens: int | None = None
    ) -> list[str]:
        """Return the reply to each of several prompts, in their order; several are read at once.

        Raises:
            ModelError: a prompt does not fit into the model, or it fails while writing.
        """
        if not prompts:
            return []
        tokenizer, model, lock = self._loaded
        limit = max_tokens or self._settings.max_tokens
        rows = [tuple(encode(tokenizer, one)["input_ids"][0].tolist()) for one in prompts]
        longest = max(map(len, rows))
        self._check_room(longest, limit)
        pads = self._room is not None and model.config.model_type not in _HEED_PADDING
        size = max(1, _TOKENS_AT_ONCE // (longest + limit)) if pads else 1
        choices = _choices(self._settings, limit)
        try:
            with lock:
                written = replies(model, rows, pad=_padding(tokenizer), size=size, how=choices)
        except ModelError:
            raise
        except Exception as error:
            raise ModelError(f"the chat model failed: {_first_line(error)}") from error
        return [tokenizer.decode(ids, skip_special_tokens=True) for ids in written]

    @property
    def _room(self) -> int | None:
        config = self._loaded.model.config.get_text_config()
        return getattr(config, "max_position_embeddings", None)

    def _check_room(self, prompt: int, reply: int) -> None:
        room = self._room
        if room is not None and prompt + reply > room:
            raise ModelError(
                f"'{self.name}' reads {room} tokens; the prompt has {prompt} and the reply may "
                f"have {reply}. Lower retrieval.read or generator.max_tokens, or take a model "
                "with a longer context."
            )


@lru_cache(maxsize=1)
def _load(name: str, offline: bool) -> Loaded:
    """Load tokenizer and weights; kept, so that settings may change without a second load."""
    tokenizer, model = read_model(name, offline=offline)
    model = _placed(model)
    check_tokens(name, tokenizer, model)
    return Loaded(tokenizer, model, Lock())


def read_model(name: str, *, offline: bool = True) -> tuple[Any, Any]:
    """Return the tokenizer and the model of this name, a folder or one on the Hub, on the CPU.

    Raises:
        ModelError: it cannot be loaded, or has no chat template.
    """
    try:
        return _read(name, offline)
    except ModelError:
        raise
    except Exception as error:  # damaged files make the loaders raise errors of many kinds
        hint = " Set offline = false to fetch it from the Hub." if offline else ""
        raise ModelError(
            f"cannot load the chat model '{name}': {_first_line(error)}. Give a folder that "
            f"transformers can load, or a Hub name.{hint}"
        ) from error


def is_chat_model(name: str, *, offline: bool = True) -> bool:
    """Tell whether this is a causal language model; False where there is no telling."""
    from transformers import AutoConfig
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

    if name.endswith(".gguf"):
        return True
    try:
        config = AutoConfig.from_pretrained(name, local_files_only=offline)
    except Exception:  # whoever loads the model says what is wrong with it
        return False
    writes = config.model_type in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
    return writes and not config.is_encoder_decoder


def _read(name: str, offline: bool) -> tuple[Any, Any]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    if name.endswith(".gguf"):
        raise ModelError(
            f"'{name}' is a GGUF file, which llama.cpp reads: start llama-server with it, and "
            "configure generator.kind = 'openai' as in configs/llm-server.toml."
        )
    tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=offline)
    if not tokenizer.chat_template:
        raise ModelError(
            f"'{name}' has no chat template: it is a base model, not a chat model. "
            "Choose its '-Instruct' or '-it' variant."
        )
    loaded: Any = AutoModelForCausalLM.from_pretrained(
        name, local_files_only=offline, dtype="auto", output_loading_info=True
    )
    model, report = loaded
    rows = model.get_input_embeddings().num_embeddings
    # transformers would fill missing weights with random numbers, and only warn.
    if report["missing_keys"] or len(tokenizer) > rows:
        raise ModelError(
            f"'{name}' does not fit together: {len(report['missing_keys'])} weights are missing, "
            f"its tokenizer has {len(tokenizer)} tokens and its model {rows}. Fetch it again."
        )
    return tokenizer, model


def _placed(model: Any) -> Any:
    """Return the model ready to write, on the GPU where there is one."""
    import torch

    if torch.cuda.is_available():
        return model.to("cuda").eval()
    if model.dtype == torch.float16:
        model = model.float()  # CPUs compute in half precision very slowly, if at all
    return model.eval()


def encode(tokenizer: Any, messages: Sequence[Message]) -> Any:
    """Return the messages as the model's input, in its own chat format.

    Raises:
        ModelError: the format has no place for them.
    """
    from jinja2 import TemplateError

    chat = [{"role": item.role, "content": item.content} for item in messages]
    try:
        return _templated(tokenizer, chat)
    except TemplateError as error:
        # Some templates (Gemma's) know no system role: its text opens the first message instead.
        if len(chat) < 2 or chat[0]["role"] != "system":
            raise ModelError(
                f"the model's chat template refused the messages: {_first_line(error)}"
            ) from error
        opening = f"{chat[0]['content']}\n\n{chat[1]['content']}"
        return encode(tokenizer, [Message(messages[1].role, opening), *messages[2:]])


def _templated(tokenizer: Any, chat: list[dict[str, str]]) -> Any:
    return tokenizer.apply_chat_template(
        chat,
        add_generation_prompt=True,
        return_tensors="pt",
        return_dict=True,
        sanitize_control_tokens=True,  # "<|im_start|>" in an article is text, not a control token
        enable_thinking=False,  # read by the templates of reasoning models, ignored by others
    )


def _choices(settings: GeneratorSettings, max_tokens: int) -> dict[str, Any]:
    """Return the arguments of ``generate``; greedy at temperature zero."""
    if settings.temperature > 0:
        how: dict[str, Any] = {"do_sample": True, "temperature": settings.temperature}
    else:
        # The model's own sampling defaults must go, or transformers warns about each of them.
        how = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
    return {"max_new_tokens": max_tokens, **how}


def _write(loaded: Loaded, inputs: Any, choices: dict[str, Any]) -> TextStream:
    """Run the model in a thread and yield its text; leaving the stream stops the thread."""
    from transformers import StoppingCriteriaList, TextIteratorStreamer

    tokenizer, model, lock = loaded
    streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
    cancelled = Event()
    failures: list[Exception] = []

    def work() -> None:
        try:
            with lock:
                model.generate(
                    **inputs.to(model.device),
                    **choices,
                    pad_token_id=_padding(tokenizer),
                    streamer=streamer,
                    stopping_criteria=StoppingCriteriaList([_stop_when(cancelled)]),
                )
        except Exception as error:
            failures.append(error)
        finally:  # also after a failure, or the reader would wait for ever
            streamer.text_queue.put(streamer.stop_signal)

    thread = Thread(target=work, name="ringkas-chat", daemon=True)
    thread.start()
    try:
        yield from (piece for piece in streamer if piece)
    finally:
        cancelled.set()
        thread.join()
    if failures:
        raise ModelError(f"the chat model failed: {_first_line(failures[0])}") from failures[0]


def _padding(tokenizer: Any) -> Any:
    return tokenizer.eos_token_id if tokenizer.pad_token_id is None else tokenizer.pad_token_id


def _stop_when(cancelled: Event) -> Any:
    """Return a stopping criterion that ends the reply once ``cancelled`` is set."""
    import torch

    def criterion(ids: Any, *_: Any, **__: Any) -> Any:
        return torch.full((ids.shape[0],), cancelled.is_set(), device=ids.device)

    return criterion


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rstrip(".")
