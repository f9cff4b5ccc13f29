# Our own few files, last, so that a change of theirs is made in a second.
ARG PACKAGES
FROM ${PACKAGES}
COPY sandbox /opt/sandbox/sandbox
COPY run.py /opt/sandbox/run.py
RUN ["python", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "/opt/sandbox"]
WORKDIR /srv/app
USER 10001:10001
CMD ["python", "-u", "/opt/sandbox/run.py"]
