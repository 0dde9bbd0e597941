"""What is made once a release and looked up many times: bounded memories with one key, shared by a worker's threads.

The key is the release that this request reads, with its digest, so what one release made is never shown under another
and a draft's own content keeps drafts apart. The memory lives in a process, which runs one build of the code. Nothing
has to be thrown away when a release arrives: what was not asked for longest goes first.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache, wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

from therapies.serving import catalogue

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
P = ParamSpec("P")


def once_a_release(*, most: int = 2) -> Callable[[Callable[P, V]], Callable[P, V]]:
    """Keeps what a function returns for a release and its arguments, which must be hashable; at most `most` results.

    Two results are enough for a function without arguments: the newest release, and the one before for requests that
    are still under way.
    """

    def decorate(make: Callable[P, V]) -> Callable[P, V]:
        @lru_cache(maxsize=most)
        def kept(release: Hashable, *args: Any) -> V:
            return make(*args)  # type: ignore[call-arg]

        @wraps(make)
        def made_once(*args: Any) -> V:
            return kept(catalogue.release(), *args)

        return cast(Callable[P, V], made_once)

    return decorate


class Kept(Generic[K, V]):
    """The same for values that are made many at a time. `release` names the release that is being read."""

    def __init__(self, most: int, release: Callable[[], Hashable] = catalogue.release) -> None:
        self.most = most
        self._release = release
        self._values: OrderedDict[tuple[Hashable, K], V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, keys: Iterable[K], make: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of these keys for the release that is being read, whatever other threads keep or drop meanwhile.

        `make` is called once with all the keys that are not kept yet; a key that it does not make is left out.
        """
        release, wanted = self._release(), list(keys)
        with self._lock:
            values = {key: self._values[release, key] for key in wanted if (release, key) in self._values}
            for key in values:
                self._values.move_to_end((release, key))
        missing = [key for key in wanted if key not in values]
        if missing:
            made = make(missing)
            values.update(made)
            with self._lock:
                self._values.update({(release, key): value for key, value in made.items()})
                while len(self._values) > self.most:
                    self._values.popitem(last=False)
        return values

    def __len__(self) -> int:
        return len(self._values)
