import os

# One thread for the arithmetic of vectors: several would wait for one another wherever the machine is busy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
