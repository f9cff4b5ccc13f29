#!/bin/sh
# Runs once, in the base layer. Both roots leave it with the same layout.
set -eu

# The official image lacks redis-server; a root of our own has all of apt.txt already, and no apt-get.
if ! command -v redis-server >/dev/null; then
    apt-get update
    xargs apt-get install --yes --no-install-recommends </tmp/base/apt.txt
    rm -rf /var/lib/apt/lists/* /var/cache/apt/*
fi
rm -rf /tmp/base /var/log/* /var/cache/debconf/* /usr/share/man/* /usr/share/locale/* /usr/share/info/*

# Nothing in the container can gain rights: no setuid or setgid file, no file capability worth having.
find / -xdev -type f -perm /6000 -exec chmod a-s {} +

echo 'candidate:x:10001:' >>/etc/group
echo 'candidate:x:10001:10001::/srv/app:/bin/sh' >>/etc/passwd
install --directory --owner=10001 --group=10001 /srv/app

python3 -m venv --without-pip /opt/venv

# Bytecode that is never checked against its source: imports are fast although the root is read-only.
stdlib=$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash "$stdlib" || true
