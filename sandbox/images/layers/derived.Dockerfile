# The candidate's image with a project's own requirements added, from wheels that the host fetched.
ARG CANDIDATE
FROM ${CANDIDATE} AS install
USER 0
COPY wheels /wheels
COPY requirements.txt /wheels/
RUN python -m pip --disable-pip-version-check --no-cache-dir install --no-compile --no-index --find-links /wheels \
        --root-user-action ignore --requirement /wheels/requirements.txt \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib

FROM ${CANDIDATE}
COPY --from=install /opt/venv /opt/venv
