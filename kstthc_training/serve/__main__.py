import sys

from kstthc_training.serve.command import main

if __name__ == "__main__":
    sys.exit(main())
