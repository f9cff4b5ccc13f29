"""The container's first process: `python -u /opt/sandbox/run.py SETTINGS`. It finds our package beside itself."""

if __name__ == "__main__":
    from sandbox.inside.agent import main

    main()
