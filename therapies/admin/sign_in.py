"""Bounds what tries to sign in may cost: a password takes a third of a second of a processor to check, by design.

Counted in each worker, before the password is looked at, by address and all together; nothing is written down. Beside
it, five wrong passwords for one account from one address lock that pair for an hour (AXES_… in the settings).
"""

import threading
import time
from collections import deque

WINDOW = 60  # seconds
MOST_OF_ONE_ADDRESS, MOST = 10, 30


class Limiter:
    def __init__(self) -> None:
        self.tries: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    def allows(self, address: str) -> bool:
        """Counts a try; False where it is one too many, which is not counted."""
        now = time.monotonic()
        with self._lock:
            while self.tries and self.tries[0][0] < now - WINDOW:
                self.tries.popleft()
            of_this_one = sum(address == other for _, other in self.tries)
            if len(self.tries) >= MOST or of_this_one >= MOST_OF_ONE_ADDRESS:
                return False
            self.tries.append((now, address))
            return True


limiter = Limiter()
