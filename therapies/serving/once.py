"""What is made once a release and looked up many times: one bounded memory, one key, shared by a worker's threads.

The key is the release that this request reads (build, number and digest), so what one release made is never shown
under another, and a draft's own content keeps drafts apart. Nothing has to be thrown away when a release arrives: what
was not asked for longest goes first.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import wraps
from typing import Generic, ParamSpec, TypeVar

from django.conf import settings

from therapies.serving import catalogue

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
P = ParamSpec("P")


def release_key() -> tuple[str, int, str]:
    """(build, number, digest): what names the release that is being read, and the code that reads it."""
    release = catalogue.release()
    return settings.BUILD_ID, release.number, release.digest


class Kept(Generic[K, V]):
    """At most `most` values, over all releases. `release` names the one that is being read."""

    def __init__(self, most: int, release: Callable[[], Hashable] = release_key) -> None:
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


def once_a_release(*, most: int = 2) -> Callable[[Callable[P, V]], Callable[P, V]]:
    """Keeps what a function returns for a release and its arguments, which must be hashable; at most `most` results.

    Two results are enough for a function without arguments: the newest release, and the one before for requests that
    are still under way.
    """

    def decorate(make: Callable[P, V]) -> Callable[P, V]:
        kept: Kept[Hashable, V] = Kept(most)

        @wraps(make)
        def made_once(*args: P.args, **kwargs: P.kwargs) -> V:
            key = (args, tuple(sorted(kwargs.items())))
            return kept.get([key], lambda _: {key: make(*args, **kwargs)})[key]

        return made_once

    return decorate
