# The libraries that a candidate's app may use, from wheels that the host fetched.
ARG BASE
FROM ${BASE}
COPY wheels /opt/wheels
COPY requirements.txt /opt/wheels/
RUN set -- /opt/wheels/pip-*.whl \
 && python "$1/pip" --disable-pip-version-check --no-cache-dir install --no-compile --no-index --find-links /opt/wheels \
        --no-deps --require-hashes --root-user-action ignore --requirement /opt/wheels/requirements.txt \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib \
 && rm -r /opt/wheels
