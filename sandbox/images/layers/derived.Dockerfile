# The candidate's image with a project's own requirements added, from wheels that the host fetched.
ARG CANDIDATE
FROM ${CANDIDATE}
USER 0
COPY wheels /opt/wheels
COPY requirements.txt /opt/wheels/
RUN python -m pip --disable-pip-version-check --no-cache-dir install --no-index --find-links /opt/wheels \
        --root-user-action ignore --requirement /opt/wheels/requirements.txt \
 && rm -r /opt/wheels
USER 10001:10001
