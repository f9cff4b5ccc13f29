# The lowest layer: Python 3.13 and redis-server on Debian trixie, whichever of the two roots it starts from.
# ROOT is the official slim image (packages then come from Debian's mirror), or a root that mmdebstrap made, which has
# them already (and then nothing here needs a network).
ARG ROOT
FROM ${ROOT}
COPY apt.txt prepare.sh /tmp/base/
RUN sh /tmp/base/prepare.sh
ENV PATH=/opt/venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
