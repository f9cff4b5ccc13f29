# The libraries that a candidate's app may use. The wheels were fetched by the host and stay behind in the first stage.
ARG BASE
FROM ${BASE} AS install
COPY wheels /wheels
COPY requirements.txt /wheels/
RUN set -- /wheels/pip-*.whl \
 && python "$1/pip" --disable-pip-version-check --no-cache-dir install --no-compile --no-index --find-links /wheels \
        --no-deps --require-hashes --root-user-action ignore --requirement /wheels/requirements.txt \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib

FROM ${BASE}
COPY --from=install /opt/venv /opt/venv
