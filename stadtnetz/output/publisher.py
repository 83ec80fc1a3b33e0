"""One publication: what has to change in output/, and the shortest safe way to change it.

One changed file is put in the place of the old one. For more, the site that was live before is kept beside output/ as
a spare: it shares all its files with the live one but those of the last change, so it takes few steps to make the new
site of it. Whenever something about the spare is not certain it is dropped, and the new site is staged anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.fingerprint import digest
from stadtnetz.output.aside import Aside
from stadtnetz.output.difference import Difference
from stadtnetz.output.difference import difference as compared
from stadtnetz.output.disk import Disk, Form
from stadtnetz.output.errors import reason
from stadtnetz.output.exchange import go_live
from stadtnetz.output.first import Settling, Twinning
from stadtnetz.output.ledger import Ledger, Spare, Traces
from stadtnetz.output.live import Live, apart, signatures, usable
from stadtnetz.output.marker import MARKER, MARKER_DATA, Places, claim, claim_leftover
from stadtnetz.output.paths import check_paths, folders_of
from stadtnetz.output.sight import Looking, Sight
from stadtnetz.output.staging import Content, stage_anew, update
from stadtnetz.output.tree import remove
from stadtnetz.signatures import NEVER, Signature

__all__ = ["Published", "Publisher"]


class Published(Struct, frozen=True):
    """How many of the site's files are new or changed, the same as before, and gone."""

    written: int
    kept: int
    removed: int
    warnings: tuple[Diagnostic, ...] = ()
    """What needs attention although the new site is live."""


class Publisher:
    """Publishes into a folder into which nobody else does meanwhile; see `publish.publishing`.

    `spares` tells whether to keep a spare tree for the next build, `aside` whether other processes may look at what
    stands there, or make the spare tree of a first site. Methods raise OSError.
    """

    def __init__(
        self, places: Places, ledger: Ledger, disk: Disk, *, spares: bool, aside: bool = False
    ) -> None:
        self._places = places
        self._disk = disk
        self._spares = spares
        first = not claim(places.output, disk)
        if first:
            try:
                self._drop_spare()  # that of a site which is not there any more
            except OSError:  # told at the end, when the new site is live
                self._spares = spares = False
        self._ledger = Ledger() if first else ledger
        self.first = first
        """Whether there was no site of ours."""
        spare = places.spare if spares else None
        self._looking = None if first else Looking(places.output, ledger, disk, spare, aside=aside)
        self._spare: Spare | None = None
        self._moved: set[str] | None = None if first else set()
        """Files that this build gave another signature; None for all."""
        self._settled: dict[str, Signature] = {}
        """The signatures of those folders of output/ in which this build changes nothing any more."""
        self._signed: Mapping[str, Signature] = {}
        """The same of the files of a first site."""
        self._needed: tuple[str, ...] = ()
        """The folders of the new site."""
        self._aside = Aside(places, disk, first=first)
        self._settling = Settling(places.stage, disk, aside=aside and first)
        self._twinning = Twinning(places.stage, places.spare, disk, aside=aside) if first and spares else None
        self._changed: frozenset[str] = frozenset()

    @cached_property
    def sight(self) -> Sight:
        """What is not as the ledger says."""
        if self._looking is None:
            return Sight({}, ())
        _ = self._recorded_folders  # while another process is still looking
        return self._looking.sight()

    @cached_property
    def _recorded_folders(self) -> tuple[str, ...]:
        return folders_of(self._ledger.rows)

    @cached_property
    def _live(self) -> Live | None:
        """What stood there when this began; None where there was no site of ours."""
        if self._looking is None:
            return None
        return Live(self._places.output, self._ledger, self._disk, self.sight)

    def _take_over(self, live: Live) -> None:
        """Take over what the ledger says of the spare and of the folders, as far as it is right."""
        self._settled = live.unaltered.copy()
        spare = self._ledger.spare
        if spare is not None and self._spares:
            # What the ledger is wrong about may have changed after the spare fell behind.
            behind = {*spare.behind, *apart(self.sight.files, self._places.spare, self._disk)}
            self._spare = Spare(spare.folders, tuple(sorted(behind)))

    def holds(self, file: str, wanted: str) -> bool:
        """Tell whether the live site has a file with these bytes, by their digest."""
        return self._live is not None and self._live.digest(file) == wanted

    def holds_all(self) -> bool:
        """Tell whether it has all files that the ledger knows of."""
        live, rows = self._live, self._ledger.rows
        return live is not None and all(live.digest(file) == rows[file].digest for file in live.doubtful)

    def place(self, file: str, name: str) -> Path:
        """Return where a new file can be put until the site is complete; see `Aside`."""
        _ = self._live  # workers that are started after this must not have to look for themselves
        return self._aside.place(file, name)

    def put_aside(self, path: Path, data: bytes) -> None:
        """Write a new file there."""
        self._aside.put(path, data)

    def begin(self, files: Collection[str]) -> None:
        """Begin with what takes long for a first site: these files are in their places."""
        self._settling.begin(files)
        if self._twinning is not None:
            self._twinning.begin(files)

    def publish(self, planned: Mapping[str, str], fresh: Mapping[str, Content]) -> Published:
        """Make the site live: files by path with the digests of their bytes, and the bytes of those that are new."""
        if not planned.keys() <= self._ledger.rows.keys():  # what has been a site before was looked at then
            check_paths(planned)
        if self._live is not None:
            self._take_over(self._live)
        wanted = {MARKER: digest(MARKER_DATA), **planned}
        same = wanted.keys() == self._ledger.rows.keys()
        self._needed = self._recorded_folders if same else folders_of(wanted)
        root = self._disk.look(self._places.output)
        difference = compared(self._live, root, wanted, self._needed)
        self._changed = difference.changed
        kept = len(wanted.keys() - difference.changed - {MARKER})
        removed = sum(
            self._live is not None and self._live.form(path) is not Form.FOLDER for path in difference.gone
        )
        try:
            retire = self._make_live(wanted, {MARKER: MARKER_DATA, **fresh}, difference)
        except OSError:
            with suppress(OSError):  # what can't be removed now is removed by the next build
                self._remove(self._places.stage, self._places.fresh)
            raise
        return Published(len(planned) - kept, kept, removed, self._clear_up(retire))

    def traces(self, planned: Mapping[str, str]) -> Traces:
        """Return what stands there now."""
        output, disk = self._places.output, self._disk
        files = (MARKER, *planned)
        known = dict(self._signed)
        if self._live is not None:
            moved = set(files) if self._moved is None else self._moved
            # What was read to be certain may have changed since: what counts is its signature from before, and none
            # where linking has given it another.
            trusted, rows = self._live.trusted, self._ledger.rows
            known = {file: rows[file].signature for file in files if file in trusted and file not in moved}
            known |= {file: row for file, row in self._live.before.items() if file not in moved}
            known |= dict.fromkeys(self._live.doubtful & moved - self._changed, NEVER)
        folders = signatures(output, ("", *self._needed), disk, self._settled)
        return Traces(signatures(output, files, disk, known), folders, self._spare)

    def _make_live(
        self, wanted: Mapping[str, str], content: Mapping[str, Content], difference: Difference
    ) -> Callable[[], None]:
        """Make the new site live; return what remains to be done with the old one."""
        if difference.nothing:
            return lambda: None
        only = next(iter(difference.changed), "")
        alone = len(difference.changed) == 1 and not difference.gone and not difference.improper
        if alone and self._live is not None and self._live.form(only) is Form.FILE:
            self._replace(only, content[only])
            return lambda: None
        shares = self._stage(wanted, content, difference)
        self._settling.wait()
        twin = self._twinning.twin(wanted) if self._twinning is not None else None
        retired = go_live(self._places, self._disk, first=self._live is None)
        if twin is not None:
            self._signed, self._settled = twin.files, dict(twin.folders)
            self._spare = Spare(twin.of_spare, ())
        return partial(self._retire, retired, difference, shares=shares)

    def _replace(self, path: str, content: Content) -> None:
        """Put one file in the place of the old one, in one step; the spare is one more file behind."""
        if isinstance(content, bytes):
            aside = self._aside.room() / "0"
            self._disk.write(aside, content)
            content = aside
        self._disk.settle(content)
        self._settled.pop(path.rpartition("/")[0], None)
        self._disk.replace(content, self._places.output / path)
        if self._moved is not None:
            self._moved.add(path)
        if self._spare is not None:
            self._spare = Spare(self._spare.folders, tuple(sorted({*self._spare.behind, path})))

    def _stage(
        self, wanted: Mapping[str, str], content: Mapping[str, Content], difference: Difference
    ) -> bool:
        """Make the new site ready, of the spare if it is as it was left; tell whether it shares its files."""
        places, disk = self._places, self._disk
        self._settled.clear()
        spare, self._spare = self._spare, None
        if spare is not None and (settled := self._usable(spare)) is not None:
            # Its marker is its own and right; without one, what a kill left of it would not be known as ours.
            touched = {*spare.behind, *difference.changed, *difference.gone} - {MARKER}
            disk.rename(places.spare, places.stage)
            with suppress(OSError):  # then anew; a disk that is full says so again
                there, needed = spare.folders.keys() - {""}, self._needed
                if update(wanted, content, difference.changed, touched, there, needed, places, disk):
                    self._moved = None if self._moved is None else self._moved | touched
                    # It has another name now, which only its root knows, and other things in some of its folders.
                    others = {path.rpartition("/")[0] for path in (*touched, *(there ^ set(needed)))}
                    self._settled = {path: settled[path] for path in settled.keys() - others - {""}}
                    return True
            remove(places.stage, disk)
        self._moved = None
        return stage_anew(wanted, content, difference.changed, places, disk)

    def _usable(self, spare: Spare) -> Mapping[str, Signature] | None:
        if self._looking is None:
            return None
        places, altered = self._places, self._looking.of_spare()
        return usable(spare, places.spare, places.output, self._ledger.rows, self._disk, altered)

    def _retire(self, retired: Path | None, difference: Difference, *, shares: bool) -> None:
        """Keep the old site as the spare of the next build, or remove it."""
        places, disk, live = self._places, self._disk, self._live
        if live is None or retired is None:
            return
        self._drop_spare()
        foreign = any(live.form(path) is Form.OTHER for path in difference.gone)
        if self._spares and shares and not difference.improper and not foreign:
            disk.rename(retired, places.spare)
            folders = ["", *live.folders()]
            # Nothing was done in the old tree; it has another name now, which only its root knows.
            same = {path: own for path, own in live.unaltered.items() if path}
            behind = difference.changed | {
                path for path in difference.gone if live.form(path) is not Form.FOLDER
            }
            self._spare = Spare(signatures(places.spare, folders, disk, same), tuple(sorted(behind)))
            return
        remove(retired, disk)

    def _clear_up(self, retire: Callable[[], None]) -> tuple[Diagnostic, ...]:
        """Remove what nobody needs any more. The new site is live already: failing here is not failing to publish."""
        places = self._places
        try:
            retire()
            self._remove(places.fresh)
            if self._spare is None:
                self._drop_spare()
        except OSError as error:
            self._spare = None
            for left in (places.stage, places.old, places.fresh, places.spare):
                if os.path.lexists(left):
                    return (
                        problem("output-leftover", left.as_posix(), name=left.name, reason=reason(error)),
                    )
        return ()

    def leave(self) -> None:
        """Remove new files that did not become part of the site."""
        for meanwhile in (self._looking, self._settling, self._twinning):
            if meanwhile is not None:
                meanwhile.drop()
        with suppress(OSError):  # the next build removes them
            self._aside.remove()
            if self._looking is None and self._spare is None:
                self._drop_spare()

    def _drop_spare(self) -> None:
        if claim_leftover(self._places.spare, self._disk):
            remove(self._places.spare, self._disk)

    def _remove(self, *folders: Path) -> None:
        for folder in folders:
            if self._disk.look(folder) is not None:
                remove(folder, self._disk)
