"""One module a subcommand of `kg-news`: TEXT for its help, `arguments(parser)`, and `run(args) -> exit code`.

To add a subcommand: a module here and its name in COMMANDS; `dispatch` finds and calls it. Every library is imported
inside `run`, so that `kg-news cite` starts at once.
"""

COMMANDS = (
    "new",
    "preview",
    "validate",
    "explain",
    "build",
    "scale",
    "bench",
    "normalize",
    "evaluate",
    "info",
    "cite",
    "verify",
    "show",
    "correct",
    "review",
)
