"""Works in the form in the browser as an editor does, on a repository that the browser itself keeps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

__all__ = ["READ", "Form", "sign_in", "texts_of"]

SEED = """async (files) => {
  const root = await navigator.storage.getDirectory();
  for (const [path, text] of Object.entries(files)) {
    let folder = await root.getDirectoryHandle("sveltia-cms-test", { create: true });
    const parts = path.split("/");
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
"""The CMS's test backend keeps a repository in the browser; this puts files into it, READ takes them out."""
READ = """async (awaited) => {
  const walk = async (folder, path, found) => {
    for await (const [name, one] of folder.entries()) {
      if (one.kind === "directory") await walk(one, `${path}${name}/`, found);
      else found[path + name] = [...new Uint8Array(await (await one.getFile()).arrayBuffer())];
    }
    return found;
  };
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("sveltia-cms-test");
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await walk(root, "", {}).catch((error) => {
      if (error.name !== "NotFoundError") throw error;
      return {};
    });
    const writing = Object.keys(found).some((path) => path.endsWith(".crswap"));
    if (!writing && awaited.every((path) => found[path]?.length)) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`not saved: ${awaited}`);
}"""
"""Returns all files once the awaited ones are there; while one is written, another stands beside it, and then goes."""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))"
"""Waits until what was scrolled to is drawn."""


def texts_of(root: Path) -> Mapping[str, str]:
    """Return all text files of a project's content, by path."""
    files = [one for ending in ("*.md", "*.yaml") for one in (root / "content").rglob(ending)]
    return {one.relative_to(root).as_posix(): one.read_text("utf-8") for one in sorted(files)}


def sign_in(page: Page, url: str, files: Mapping[str, str]) -> None:
    """Open the form with a repository that holds these files."""
    page.goto(url)
    page.evaluate(SEED, files)
    page.get_by_role("button", name="Mit Test-Repository arbeiten").click()
    expect(page.get_by_text("Meldungen").first).to_be_visible()


class Form:
    """The form as it is on the screen: fields come into being as one scrolls to them."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def field(self, name: str) -> Locator:
        found = self.page.locator(f'section.field[data-key-path="{name}"]')
        for _ in range(80):
            if found.count():
                break
            self.page.mouse.move(180, 400)
            self.page.mouse.wheel(0, 600)
            self.page.evaluate(FRAMES)
        found.scroll_into_view_if_needed()
        return found

    def write(self, name: str, text: str) -> None:
        self.field(name).get_by_role("textbox").fill(text)

    def choose(self, name: str, option: str) -> None:
        """Pick from a list, which shows few options at once and the rest in a menu."""
        field = self.field(name)
        boxes = field.get_by_role("checkbox", name=option)
        if boxes.count():
            boxes.click()
            return
        field.get_by_role("combobox").first.click()
        self.page.get_by_role("option", name=option).click()

    def add(self, name: str) -> None:
        self.field(name).get_by_role("button", name="hinzufügen").click()
