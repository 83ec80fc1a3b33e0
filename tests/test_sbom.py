"""`make sbom`: a bill of materials that names what the lock file does. The tool itself holds it against the schema."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from tests.minisite import ROOT


def test_it_names_every_dependency_with_its_digests(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    done = subprocess.run(["sh", ".ci/sbom", str(file)], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    text = file.read_text("utf-8")
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "stadtnetz"
    named = {(one["name"], one["version"]) for one in bill["components"]}
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert named == set(re.findall(r"^([\w.-]+)==([^ ;\\]+)", lock, re.MULTILINE)) != set()
    for one in bill["components"]:
        hashes = [hash_ for reference in one["externalReferences"] for hash_ in reference.get("hashes", [])]
        assert any(hash_["alg"] == "SHA-256" for hash_ in hashes), one["name"]
    # Nothing in it depends on when and where it is made.
    assert "timestamp" not in text
    assert "serialNumber" not in text
