"""What `kubectl kustomize` makes of a folder, as far as ours need it: resources and the tags of their images."""

import subprocess
from pathlib import Path
from shutil import which

import yaml

HEAD = {"apiVersion", "kind"}


def build(folder):
    """The resources of the folder's kustomization.yaml."""
    kustomization = yaml.safe_load(Path(folder, "kustomization.yaml").read_text())
    unknown = kustomization.keys() - HEAD - {"resources", "images"}
    if unknown:
        raise SystemExit(f"{folder}/kustomization.yaml: {', '.join(unknown)} cannot be built here")
    images = {image["name"]: image for image in kustomization.get("images", [])}
    resources = []
    for file in kustomization["resources"]:
        resources += yaml.safe_load_all(Path(folder, file).read_text())
    for resource in resources:
        pod = resource["spec"].get("template", {}).get("spec", {})
        for container in pod.get("containers", []):
            image = images.get(container["image"])
            if image:
                container["image"] = image.get("newName", image["name"]) + ":" + image["newTag"]
    return resources


def build_by_kubectl(folder):
    """The same by kubectl itself; None on a machine that has none."""
    if not which("kubectl"):
        return None
    built = subprocess.run(["kubectl", "kustomize", folder], check=True, stdout=subprocess.PIPE, text=True)
    return list(yaml.safe_load_all(built.stdout))
