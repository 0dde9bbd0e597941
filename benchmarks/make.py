"""python -m benchmarks.make SIZE FILE RIVAL: makes the two files of one size."""

import sys
from pathlib import Path

from benchmarks.__main__ import make

make(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
