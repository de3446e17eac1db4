"""What `python -m portal` can do: one file a command, each with `add_arguments` and `run`."""
