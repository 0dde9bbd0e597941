"""A bounded memory that the threads of a worker share: what is made once a release and looked up many times."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """At most `most` values; what was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, keys: Iterable[K], make: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of these keys, whatever other threads keep or drop meanwhile.

        `make` is called once with all the keys that are not here yet; a key that it does not make is left out.
        """
        wanted = list(keys)
        with self._lock:
            found = {key: self._values[key] for key in wanted if key in self._values}
            for key in found:
                self._values.move_to_end(key)
        missing = [key for key in wanted if key not in found]
        if missing:
            made = make(missing)
            found.update(made)
            with self._lock:
                self._values.update(made)
                while len(self._values) > self.most:
                    self._values.popitem(last=False)
        return found

    def __len__(self) -> int:
        return len(self._values)
