"""`python -m essay_explorer` is the command essay-explorer."""

from essay_explorer.cli import main

main()
