import sys

from datasphere_emulator.launcher import main

if __name__ == "__main__":
    sys.exit(main(program="python -m datasphere_emulator"))
