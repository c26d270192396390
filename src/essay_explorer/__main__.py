"""`python -m essay_explorer` is the command essay-explorer."""

from essay_explorer.cli.main import main

if __name__ == "__main__":
    main()
