"""The recipes in the package: what belongs together in their files, and the command that shows them."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

import kubernetes_validate
import pytest
from ruamel.yaml import YAML

from essay_explorer.cli.hub import RECIPES, Recipe
from essay_explorer.cli.main import main
from essay_explorer.hub.place import NEEDED, HubPlace

if TYPE_CHECKING:
    from pathlib import Path

# What the recipe uses of the chart's values (zero-to-jupyterhub 4.1), as the chart's schema and its guide to services
# name them: a service and a role go by the key that they have, and whatever is said of a service goes on to JupyterHub.
CHART = {
    "hub": {"services", "loadRoles", "networkPolicy"},
    "hub.networkPolicy": {"egress"},
    "proxy": {"chp"},
    "proxy.chp": {"networkPolicy"},
    "proxy.chp.networkPolicy": {"egress"},
    "hub.services.essays": {"url", "oauth_no_confirm"},
    "hub.loadRoles.user": {"scopes"},
    "hub.loadRoles.server": {"scopes"},
    "singleuser": {"image", "extraEnv", "cmd", "networkPolicy"},
    "singleuser.image": {"name", "tag"},
    "singleuser.networkPolicy": {"egress"},
}


@pytest.fixture(scope="module")
def values() -> Any:
    return YAML(typ="safe").load((RECIPES / "kubernetes" / "values.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    """The objects of essays.yaml by their kind."""
    return {
        one["kind"]: one
        for one in YAML(typ="safe").load_all((RECIPES / "kubernetes" / "essays.yaml").read_text("utf-8"))
    }


@pytest.mark.parametrize("place", CHART)
def test_the_values_have_no_key_that_the_chart_has_not(values: Any, place: str) -> None:
    assert values.keys() == {"hub", "proxy", "singleuser"}
    assert reduce(getitem, place.split("."), values).keys() == CHART[place]


def test_the_service_finds_its_hub_and_the_hub_the_service(values: Any, parts: dict[str, Any]) -> None:
    pod = parts["Deployment"]["spec"]["template"]
    (container,) = pod["spec"]["containers"]
    given = {one["name"]: one.get("value", "a-secret") for one in container["env"]}
    assert given.keys() >= {*NEEDED, "ESSAY_EXPLORER_STORE"}
    place = HubPlace.from_environment(given)
    url = values["hub"]["services"][place.name]["url"]
    assert url == f"http://{parts['Service']['metadata']['name']}:{place.port}"
    assert values["singleuser"]["extraEnv"]["ESSAY_EXPLORER_SERVICE"] == url + place.prefix
    assert container["readinessProbe"]["httpGet"] == {"path": f"{place.prefix}health", "port": place.port}
    (token,) = (one["valueFrom"]["secretKeyRef"] for one in container["env"] if one["name"] == "JUPYTERHUB_API_TOKEN")
    assert token == {"name": "hub", "key": f"hub.services.{place.name}.apiToken"}


def is_valid(part: dict[str, Any]) -> bool:
    """Whether Kubernetes takes an object, in which each key has to be known."""
    with suppress(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(part, kubernetes_validate.latest_version(), strict=True)
        return True
    return False


def test_kubernetes_takes_every_part_as_it_stands(values: Any, parts: dict[str, Any]) -> None:
    assert parts.keys() == {"Service", "Deployment"}
    rules = {"podSelector": {}, "egress": values["singleuser"]["networkPolicy"]["egress"]}
    policy = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "x"}, "spec": rules}
    assert [name for name, part in (parts | {"egress": policy}).items() if not is_valid(part)] == []
    (container,) = parts["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert {one["name"] for one in container["volumeMounts"]} == {
        one["name"] for one in parts["Deployment"]["spec"]["template"]["spec"]["volumes"]
    }


@pytest.mark.parametrize("wrong", [{"readynessProbe": {}}, {"ports": [{"containerPort": "10101"}]}, {"image": 1}])
def test_a_part_that_kubernetes_would_not_take_is_found(parts: dict[str, Any], wrong: dict[str, Any]) -> None:
    made = deepcopy(parts["Deployment"])
    made["spec"]["template"]["spec"]["containers"][0] |= wrong
    assert not is_valid(made)


def test_the_network_lets_students_the_proxy_and_the_hub_in(values: Any, parts: dict[str, Any]) -> None:
    labels = parts["Deployment"]["spec"]["template"]["metadata"]["labels"]
    wanted = [parts["Service"]["spec"]["selector"], parts["Deployment"]["spec"]["selector"]["matchLabels"]]
    for who in (values["hub"], values["proxy"]["chp"], values["singleuser"]):
        (rule,) = who["networkPolicy"]["egress"]
        wanted += [rule["to"][0]["podSelector"]["matchLabels"]]
        assert rule["ports"] == parts["Service"]["spec"]["ports"]
    assert [one for one in wanted if not one.items() <= labels.items()] == []
    assert labels["hub.jupyter.org/network-access-hub"] == "true"


def test_service_and_students_run_the_image_of_the_dockerfile(values: Any, parts: dict[str, Any]) -> None:
    (container,) = parts["Deployment"]["spec"]["template"]["spec"]["containers"]
    image = values["singleuser"]["image"]
    dockerfile = (RECIPES / "kubernetes" / "Dockerfile").read_text("utf-8")
    assert container["image"] == f"{image['name']}:{image['tag']}"
    assert f"docker build --tag {container['image']} ." in dockerfile
    assert "pip install --no-cache-dir 'essay-explorer[hub]'" in dockerfile


def test_the_littlest_recipe_is_short() -> None:
    assert len((RECIPES / "littlest.py").read_text("utf-8").splitlines()) <= 30


@pytest.mark.parametrize("kind", Recipe)
def test_a_recipe_is_shown_and_written_but_never_over_another_file(
    kind: Recipe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(kind) == 0
    shown = capsys.readouterr().out
    assert init(kind, "--to", str(tmp_path / "new")) == 0
    for file in kind.files:
        assert file.read_text("utf-8") in shown
        assert (tmp_path / "new" / file.name).read_bytes() == file.read_bytes()
    assert init(kind, "--to", str(tmp_path / "new")) == 1
    assert "is there already" in capsys.readouterr().err


def init(*arguments: str) -> Any:
    """Run the command; its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["hub", "init", *arguments])
    return ended.value.code
