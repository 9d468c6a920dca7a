"""Asks a Prometheus, at the address given, all that the dashboard asks, and fails where there is no answer.

The dashboard is given as a file; what only faults make visible may be empty.
"""

import json
import sys
import time
import urllib.parse
import urllib.request

dashboard, prometheus = sys.argv[1:]
EMPTY_WHEN_WELL = {"Failures", "Failed exchanges by route", "Refused requests", "Attempts", "Time of an attempt"}


def get(path, **query):
    with urllib.request.urlopen(f"{prometheus}{path}?{urllib.parse.urlencode(query)}", timeout=10) as answer:
        return json.load(answer)["data"]


end = time.monotonic() + 60
# Two scrapes, because a rate needs two.
while time.monotonic() < end:
    try:
        if get("/api/v1/query", query="count_over_time(up[1h]) > 2")["result"]:
            break
    except OSError:
        pass
    time.sleep(1)
target = get("/api/v1/targets")["activeTargets"][0]
if target["health"] != "up":
    sys.exit(f"Prometheus cannot scrape the bridge: {target['lastError']}")

asked = 0
with open(dashboard, encoding="utf-8") as file:
    panels = json.load(file)["panels"]
for panel in panels:
    for one in panel.get("targets", []):
        expression = one["expr"].replace("$instance", ".*").replace("$__rate_interval", "1m").replace("$__range", "1h")
        asked += 1
        if not get("/api/v1/query", query=expression)["result"] and panel["title"] not in EMPTY_WHEN_WELL:
            sys.exit(f"{panel['title']} is empty: {expression}")
rules = [rule for group in get("/api/v1/rules")["groups"] for rule in group["rules"]]
wrong = [rule["name"] for rule in rules if rule["health"] == "err"]
if wrong or not rules:
    sys.exit(f"of {len(rules)} rules these fail: {wrong}")
print(f"{asked} questions of the dashboard and {len(rules)} alerts have their answers")
