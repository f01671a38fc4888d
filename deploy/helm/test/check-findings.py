#!/usr/bin/env python3
"""Compares what checkov found with the waivers. usage: check-findings.py FINDINGS.json WAIVERS.yaml (with checkov's own Python)"""

import json
import re
import sys

import yaml

findings_path, waivers_path = sys.argv[1:]
with open(findings_path, encoding="utf-8") as file:
    report = json.load(file)
reports = report if isinstance(report, list) else [report]
failed = [each for one in reports for each in one["results"]["failed_checks"]]
passed = sum(one["summary"]["passed"] for one in reports)
unread = [path for one in reports for path in one["results"].get("parsing_errors", [])]
with open(waivers_path, encoding="utf-8") as file:
    waivers = yaml.safe_load(file)

problems = [f"cannot be read: {path}" for path in unread]
if passed == 0:
    problems.append("checkov checked nothing")
for waiver in waivers:
    if not waiver.get("reason", "").strip():
        problems.append(f"{waiver['check']} is waived without a reason")
used = set()
for finding in failed:
    fits = [
        index
        for index, waiver in enumerate(waivers)
        if waiver["check"] == finding["check_id"] and re.fullmatch(waiver["resources"], finding["resource"])
    ]
    used.update(fits)
    if not fits:
        problems.append(f"{finding['check_id']} {finding['check_name']}: {finding['resource']}")
problems += [f"no finding needs the waiver of {each['check']}" for index, each in enumerate(waivers) if index not in used]

for problem in problems:
    print(problem)
print(f"checkov: {passed} checks hold, {len(failed)} findings are waived by {len(waivers)} reasons" if not problems else "")
sys.exit(1 if problems else 0)
