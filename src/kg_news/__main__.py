"""`python -m kg_news`."""

import sys

from kg_news.cli import main

if __name__ == "__main__":
    sys.exit(main())
