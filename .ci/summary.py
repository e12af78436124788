"""Prints what the test reports named as arguments hold: what was skipped and why, and the totals.

It fails if a test did, or none passed. After --brief, skips are only counted; after --none, no test may have run.
"""

import sys
import xml.etree.ElementTree as ElementTree


def why(skipped):
    text = (skipped.get("message") or skipped.text or "no reason given").strip()
    return text.splitlines()[0].removeprefix("org.opentest4j.TestAbortedException: ")


def told(trouble):
    """The message and the first places of a failure, in one line."""
    lines = [line.strip() for line in (trouble.text or trouble.get("message") or "no message").splitlines()]
    return " | ".join(line for line in lines if line)[:1500]


def main(arguments):
    option = arguments[0] if arguments and arguments[0].startswith("--") else ""
    reports = arguments[1:] if option else arguments
    passed = failed = skipped = 0
    for report in reports:
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            name = f"{case.get('classname', '').rpartition('.')[2]}.{case.get('name')}"
            reason = case.find("skipped")
            if reason is not None:
                skipped += 1
                if not option:
                    print(f"skipped {name}: {why(reason)}")
            elif (trouble := next((e for e in case if e.tag in ("failure", "error")), None)) is not None:
                failed += 1
                print(f"failed {name}: {told(trouble)}")
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    if option == "--none":
        return 1 if reports else 0
    ran = passed + skipped if option else passed
    return 0 if ran and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
