"""Runs untrusted Python in containers and talks to it over one wire. It knows nothing of questions or tests.

``docker_runner.DockerRunner`` starts boxes, ``pool.Pool`` keeps some started, ``fake.FakeRunner`` stands in for both in
unit tests. A started ``box.Box`` takes files, runs programs of ``sandbox.inside`` and says how they ended.
"""
