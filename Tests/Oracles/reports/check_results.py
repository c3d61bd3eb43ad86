#!/usr/bin/env python3
"""Holds a results directory against libraries that are not ours.

    python3 check_results.py RESULTS

Every record against the shipped JSON Schema by `jsonschema` (PyPI, 4.26), records.ndjson against the
records' own files, findings.csv by Python's csv against the findings in the records, summary.json
against counts made here. Exit 0 and one line, or 1 and what is wrong.
"""
import collections
import csv
import json
import pathlib
import sys

import jsonschema

repository = pathlib.Path(__file__).resolve().parents[3]
schema = json.loads((repository / "Sources/ClearcoatReports/Schema/record.schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)


def no_constant(word):
    raise ValueError(f"{word} is no JSON")


def main(results):
    wrong = []
    lines = (results / "records.ndjson").read_bytes().split(b"\n")
    if lines.pop() != b"":
        wrong.append("records.ndjson does not end with a newline")
    records = []
    for number, line in enumerate(lines, 1):
        record = json.loads(line, parse_constant=no_constant)
        records.append(record)
        for error in validator.iter_errors(record):
            wrong.append(f"records.ndjson:{number}: {error.json_path}: {error.message}")
        keys = list(record)
        if keys != sorted(keys):
            wrong.append(f"records.ndjson:{number}: keys are not sorted")

    files = {}
    for path in results.glob("records/**/*.json"):
        files.setdefault(json.loads(path.read_text())["capture"]["id"], []).append(json.loads(path.read_text()))
    for record in records:
        if record not in files.get(record["capture"]["id"], []):
            wrong.append(f"{record['capture']['id']}: the record's own file says something else")

    with open(results / "findings.csv", newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table, strict=True))
    findings = [(record, finding) for record in records for finding in record["findings"]]
    if len(rows) != len(findings):
        wrong.append(f"findings.csv has {len(rows)} rows for {len(findings)} findings")
    for row, (record, finding) in zip(rows, findings):
        if row["capture"].removeprefix("'") != record["capture"]["id"] or int(row["finding"]) != finding["id"]:
            wrong.append(f"findings.csv: {row['capture']} {row['finding']} is out of order")
        for column in ["sizePx", "contrast", "snr", "areaPx", "lengthPx"]:
            if float(row[column]) != finding[column]:
                wrong.append(f"findings.csv: {row['capture']} {row['finding']}: {column}")

    summary = json.loads((results / "summary.json").read_text(), parse_constant=no_constant)
    failures = [json.loads(line) for line in (results / "failures.ndjson").read_text().splitlines()]
    verdicts = collections.Counter(record["verdict"] for record in records)
    classes = collections.Counter(finding["class"] for _, finding in findings)
    for name, ours, expected in [
        ("files.inspected", summary["files"]["inspected"], len(records)),
        ("files.failed", summary["files"]["failed"], len(failures)),
        ("verdicts", {k: v for k, v in summary["verdicts"].items() if v}, dict(verdicts)),
        ("findings.byClass", summary["findings"]["byClass"], dict(classes)),
    ]:
        if ours != expected:
            wrong.append(f"summary.json: {name} is {ours}, not {expected}")

    for line in wrong:
        print(line)
    print(f"{len(records)} records, {len(findings)} findings, {len(failures)} failures: {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
