#!/usr/bin/env python3
"""Stands in for scheduler and kubelet in front of a real API server: one node that is ready, pods that are placed on it and run at once.

Pods that are meant to end (of a Job, or never restarted) succeed; the others are ready. Nothing is executed: probes, network
policies and metrics are not exercised. Ends with its standard input. usage: fake-node.py URL TOKEN
"""

import datetime
import json
import ssl
import sys
import threading
import time
import urllib.error
import urllib.request

URL, TOKEN = sys.argv[1:3]
NODE = "node-0"
TLS = ssl._create_unverified_context()  # loopback, the server's certificate is of this hour


def call(method, path, body=None, kind="application/json"):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": kind}
    request = urllib.request.Request(URL + path, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, context=TLS, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code not in (404, 409):  # gone, or done by somebody else
            print(method, path, error.code, error.read()[:300], file=sys.stderr)
    except OSError as error:
        print(method, path, error, file=sys.stderr)
    return None


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def holds(*kinds):
    return [{"type": kind, "status": "True", "lastTransitionTime": now()} for kind in kinds]


def beat():
    amounts = {"cpu": "64", "memory": "128Gi", "pods": "200", "ephemeral-storage": "200Gi"}
    status = {"capacity": amounts, "allocatable": amounts}
    status["conditions"] = [dict(holds("Ready")[0], lastHeartbeatTime=now())]
    call("PATCH", f"/api/v1/nodes/{NODE}/status", {"status": status}, "application/merge-patch+json")
    call("PATCH", f"/api/v1/nodes/{NODE}", {"spec": {"taints": None}}, "application/merge-patch+json")


def run(pod, path, number):
    owners = pod["metadata"].get("ownerReferences", [])
    ends = pod["spec"]["restartPolicy"] == "Never" or any(owner["kind"] == "Job" for owner in owners)
    done = {"terminated": {"exitCode": 0, "reason": "Completed", "startedAt": now(), "finishedAt": now()}}
    state = done if ends else {"running": {"startedAt": now()}}

    def status_of(container, state, ready):
        common = {"name": container["name"], "image": container["image"], "imageID": "none", "restartCount": 0}
        return dict(common, ready=ready, started=ready, state=state)

    address = f"10.244.{number // 250}.{number % 250 + 1}"
    status = {
        "phase": "Succeeded" if ends else "Running",
        "podIP": address,
        "podIPs": [{"ip": address}],
        "hostIP": "127.0.0.1",
        "startTime": now(),
        "initContainerStatuses": [status_of(each, done, True) for each in pod["spec"].get("initContainers", [])],
        "containerStatuses": [status_of(each, state, not ends) for each in pod["spec"]["containers"]],
        "conditions": holds("Initialized", "PodScheduled", *([] if ends else ["ContainersReady", "Ready"])),
    }
    call("PATCH", path + "/status", {"status": status}, "application/merge-patch+json")


def main():
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    labels = {"kubernetes.io/hostname": NODE, "topology.kubernetes.io/zone": "zone-0"}
    call("POST", "/api/v1/nodes", {"kind": "Node", "apiVersion": "v1", "metadata": {"name": NODE, "labels": labels}})
    number, last = 0, 0.0
    while not ended.wait(0.3):
        if time.monotonic() - last > 8:
            last = time.monotonic()
            beat()
        for pod in (call("GET", "/api/v1/pods") or {}).get("items", []):
            meta = pod["metadata"]
            path = f"/api/v1/namespaces/{meta['namespace']}/pods/{meta['name']}"
            if meta.get("deletionTimestamp"):
                call("DELETE", path + "?gracePeriodSeconds=0")
            elif not pod["spec"].get("nodeName"):
                target = {"apiVersion": "v1", "kind": "Node", "name": NODE}
                name = {"name": meta["name"]}
                call("POST", path + "/binding", {"apiVersion": "v1", "kind": "Binding", "metadata": name, "target": target})
            elif pod["status"].get("phase") == "Pending":
                number += 1
                run(pod, path, number)


main()
