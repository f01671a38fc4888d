#!/usr/bin/env python3
"""Makes schemas that stand alone, one file a kind, from those of the package kubernetes-validate, which refer to a shared file.

usage: make-schemas.py FOLDER OUT VERSION...; writes OUT/vVERSION/KIND-GROUP-VERSION.json for the kinds of the chart
"""

import json
import pathlib
import sys

SHARED = "_definitions.json"
KINDS = (
    "serviceaccount-v1 configmap-v1 secret-v1 service-v1 pod-v1 deployment-apps-v1 statefulset-apps-v1 job-batch-v1 cronjob-batch-v1"
    " poddisruptionbudget-policy-v1 horizontalpodautoscaler-autoscaling-v2 networkpolicy-networking-v1"
).split()


def inward(node, found):
    """The same schema with references into itself; adds the names that it refers to."""
    if isinstance(node, list):
        return [inward(each, found) for each in node]
    if not isinstance(node, dict):
        return node
    result = {}
    for key, value in node.items():
        if key == "$ref" and isinstance(value, str):
            name = value.rsplit("/", 1)[1]
            found.add(name)
            result[key] = f"#/definitions/{name}"
        else:
            result[key] = inward(value, found)
    return result


def standalone(schema, shared):
    found = set()
    result = inward(schema, found)
    definitions = {}
    while missing := found - definitions.keys():
        for name in missing:
            definitions[name] = inward(shared[name], found)
    return dict(result, definitions=definitions)


def main(source, target, *versions):
    for version in versions:
        folder = pathlib.Path(source, f"v{version}-local-strict")
        shared = json.loads((folder / SHARED).read_text(encoding="utf-8"))["$defs"]
        out = pathlib.Path(target, f"v{version}")
        out.mkdir(parents=True, exist_ok=True)
        for kind in KINDS:
            schema = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
            (out / f"{kind}.json").write_text(json.dumps(standalone(schema, shared)), encoding="utf-8")


main(*sys.argv[1:])
