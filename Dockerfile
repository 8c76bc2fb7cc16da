# The grader for a cluster, or for one machine:
#   docker build -t custom-loss-grader .
#   docker run --rm --network none -v "$PWD:/work" custom-loss-grader grade work.ipynb
# Nothing in it runs as root, and it needs no privileges. `doctor` says which walls work there.
ARG BASE=python:3.12-slim-bookworm@sha256:782412e85d0f0984994c290652577d4018aff08145c85b262bb63dc0c7522254
# hadolint ignore=DL3006
FROM $BASE AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_QUIET=1
WORKDIR /source
# What the wheel's own lock holds, and Dask; with the hashes of all, which no constraint file gives.
COPY requirements-cluster.lock ./
RUN python -m venv /opt/grader \
    && /opt/grader/bin/python -m pip install --require-hashes -r requirements-cluster.lock
COPY pyproject.toml README.md LICENSE ./
COPY grader ./grader
# What builds the wheel stays here.
RUN python -m venv /opt/build \
    && /opt/build/bin/python -m pip install hatchling==1.33.0 \
    && /opt/build/bin/python -m hatchling build -t wheel -d /dist \
    && /opt/grader/bin/python -m pip install --no-deps /dist/*.whl \
    && /opt/grader/bin/python -m pip uninstall --yes pip \
    && (/opt/grader/bin/python -m compileall -qq -j 0 /opt/grader/lib || true)

# hadolint ignore=DL3006
FROM $BASE

# hadolint ignore=DL3008
RUN apt-get update -q \
    && apt-get install -qy --no-install-recommends bubblewrap \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin grader \
    && mkdir /work && chown grader /work
COPY --from=build /opt/grader /opt/grader
ENV PATH=/opt/grader/bin:$PATH
USER 10001
WORKDIR /work
# A container without any wall that works can grade nothing.
HEALTHCHECK --interval=5m --timeout=60s --start-period=30s CMD ["grader", "doctor"]
ENTRYPOINT ["grader"]
CMD ["--help"]
