"""A browser with ical.js in it: run as a program, answers each line of JSON, the text of a file, with a line of JSON."""

import json
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

SCRIPT = Path(__file__).resolve().parent / "ical.es5.min.cjs"
READ = """text => {
  const root = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  root.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  const value = (part, name) => part.getFirstPropertyValue(name)?.toString() ?? "";
  const all = (part, name) => part.getAllProperties(name).flatMap((property) => property.getValues().map(String));
  const instant = (part, name) => part.getFirstPropertyValue(name)?.toUnixTime() ?? null;
  return {
    method: value(root, "method"),
    zones: root.getAllSubcomponents("vtimezone").map((zone) => value(zone, "tzid")),
    entries: root.getAllSubcomponents("vevent").map((part) => ({
      uid: value(part, "uid"), sequence: Number(value(part, "sequence")), status: value(part, "status"),
      summary: value(part, "summary"), description: value(part, "description"), location: value(part, "location"),
      url: value(part, "url"), transp: value(part, "transp"), starts_at: instant(part, "dtstart"),
      ends_at: instant(part, "dtend"), stamped_at: instant(part, "dtstamp"), changed_at: instant(part, "last-modified"),
      categories: all(part, "categories"), related_to: value(part, "related-to"), organizer: value(part, "organizer"),
      attendees: all(part, "attendee"),
    })),
  };
}"""


def main() -> None:
    """Answer every line until there is none."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = chromium.new_page()
        page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        for line in sys.stdin:
            try:
                answer = page.evaluate(READ, json.loads(line))
            except Error as error:
                answer = {"refused": str(error).splitlines()[0]}
            print(json.dumps(answer), flush=True)
        chromium.close()


if __name__ == "__main__":
    main()
